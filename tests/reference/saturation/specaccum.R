# Exact accumulation curve ("Mao Tau") by vegan, for tests/methods/test_saturation.py.
# Run: Rscript specaccum.R > specaccum.json
suppressMessages(library(vegan))
table <- rbind(
  c(1, 1, 0, 0, 0, 0), c(1, 0, 1, 0, 0, 0), c(1, 1, 0, 0, 0, 0), c(0, 0, 0, 0, 0, 0),
  c(1, 0, 1, 1, 0, 0), c(0, 1, 0, 0, 1, 0), c(1, 0, 0, 0, 0, 0), c(1, 1, 1, 0, 0, 1)
)
curve <- specaccum(table, method = "exact")$richness
cat(sprintf('{"vegan": "%s", "table": [%s], "richness": [%s]}\n', packageVersion("vegan"),
  paste(apply(table, 1, function(row) sprintf("[%s]", paste(row, collapse = ", "))), collapse = ", "),
  paste(sprintf("%.12f", curve), collapse = ", ")))
