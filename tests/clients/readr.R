# Every CSV of the site with the defaults of readr. Run by run.py, which puts the site in place of SITE.
files <- list.files(file.path("SITE", c("", "data", "figures")), "[.]csv$", full.names = TRUE)
for (file in files) {
  wrong <- tryCatch({
    found <- suppressWarnings(readr::read_csv(file, show_col_types = FALSE, progress = FALSE))
    problems <- nrow(readr::problems(found))
    rows <- nrow(read.csv(file, colClasses = "character"))
    if (problems > 0) paste(problems, "problems") else if (nrow(found) != rows) "rows" else ""
  }, error = function(e) conditionMessage(e))
  if (nchar(wrong)) cat("WRONG", basename(file), wrong, "\n")
}
cat("FILES", length(files), as.character(packageVersion("readr")), "\n")
