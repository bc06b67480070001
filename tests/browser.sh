#!/bin/sh
# The browser that the page tests use: Debian's chromium. As root it is installed; else say so and fail.
set -e
command -v chromium >/dev/null && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null
    command -v chromium >/dev/null && exit 0
fi
echo "The page tests need chromium on the PATH, and this account may not install it (apt-get install chromium)." >&2
exit 1
