# Puts documents.csv and statements.csv into a database of Discourse Network Analyzer 3 through its R package rDNA.
# DNA itself has no import of coded statements. Make an empty database in DNA first (statement type "DNA Statement",
# as DNA makes it), then set the four values and run: Rscript import.R
database <- "mavaze.dna"
coder <- 1
password <- "change me"
statement_type <- "DNA Statement"

library("rDNA")
read <- function(name) read.csv(name, sep = ";", encoding = "UTF-8", check.names = FALSE, na.strings = NULL)
documents <- read("documents.csv")
statements <- read("statements.csv")
dna_init()
dna_openDatabase(database, coderId = coder, coderPassword = password)
text <- function(column) as.character(documents[[column]])
ids <- dna_addDocuments(
  coder_id = coder, title = text("document title"), text = text("text"), author = text("author"),
  source = text("source"), section = text("section"), type = text("type"), notes = text("notes"),
  date_time = as.POSIXct(documents[["time"]], tz = "UTC")
)
for (i in seq_len(nrow(statements))) {
  one <- statements[i, ]
  dna_addStatement(
    documentID = ids[match(one[["document ID"]], documents[["document ID"]])],
    startCaret = one[["start"]], endCaret = one[["stop"]], statementType = statement_type, coder = coder,
    person = as.character(one[["person"]]), organization = as.character(one[["organization"]]),
    concept = as.character(one[["concept"]]), agreement = as.integer(one[["agreement"]])
  )
}
