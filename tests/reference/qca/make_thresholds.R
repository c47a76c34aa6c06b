# Which thresholds does cluster analysis suggest for Lipset's raw figures? Writes thresholds.json.
# Run in this folder: Rscript make_thresholds.R   (Debian: r-base-core r-cran-jsonlite)
library(jsonlite)
raw <- read.csv("lipset_raw_LR.csv")
middles <- function(x, n) {
  x <- sort(x)
  group <- cutree(hclust(dist(x), method = "complete"), k = n + 1)
  ends <- which(diff(group) != 0)
  (x[ends] + x[ends + 1]) / 2
}
wanted <- list()
for (name in c("DEV", "URB", "LIT", "IND", "STB")) for (n in 1:3) {
  wanted[[paste0(name, ":", n)]] <- middles(raw[[name]], n)
}
out <- list(software = R.version.string, clusters = wanted)
write(toJSON(out, auto_unbox = TRUE, digits = NA, pretty = TRUE), "thresholds.json")
