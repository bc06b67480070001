#!/bin/sh
# The browser of the page tests: Debian's Chromium without windows, or the whole one where that is not to be had.
# As root it is installed; else say so and fail.
for browser in chromium-headless-shell chromium; do
    command -v $browser >/dev/null && exit 0
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $browser >/dev/null
        command -v $browser >/dev/null && exit 0
    fi
done
echo "The page tests need chromium-headless-shell or chromium on the PATH, and this account may not install it (apt-get install chromium-headless-shell)." >&2
exit 1
