# Every CSV of the site with the defaults of readr, then the tables with types. Run by run.py, which puts the site in place
# of SITE and the letters of the types, by table, in place of KINDS.
kinds <- list(KINDS)
look <- function(file, types) {
  found <- suppressWarnings(readr::read_csv(file, col_types = types, show_col_types = FALSE, progress = FALSE))
  text <- read.csv(file, colClasses = "character", check.names = FALSE)
  for (column in which(sapply(text, function(one) any(grepl("^0[0-9]", one)))))
    if (is.numeric(found[[column]])) cat("LOST", paste0(basename(file), ","), names(text)[column], "loses zeros\n")
  problems <- readr::problems(found)
  if (nrow(problems) > 0) paste(nrow(problems), "problems in", paste(unique(names(found)[problems$col]), collapse = ", "))
  else if (nrow(found) != nrow(text)) "rows" else ""
}
for (given in c(FALSE, TRUE)) {
  files <- list.files(file.path("SITE", if (given) "data" else c("", "data", "figures")), "[.]csv$", full.names = TRUE)
  for (file in files) {
    types <- if (given) kinds[[basename(file)]] else NULL
    wrong <- tryCatch(look(file, types), error = function(e) conditionMessage(e))
    if (nchar(wrong)) cat("WRONG", basename(file), wrong, "\n")
  }
  cat("FILES", length(files), as.character(packageVersion("readr")), "\n")
}
