# Finishes the manual page that swift-argument-parser's generator writes: empty lines, which mdoc warns of, become
# paragraphs, and the sentence on the exit status becomes the program's own table.
#
#   audit exit-codes | awk -f docs/man/finish.awk - PAGE > audit.1

# The table: a line with titles, then a code and its meaning a line.
NR == FNR {
    if (FNR > 1) {
        code = $1
        sub(/^ *[0-9]+ +/, "")
        statuses = statuses ".It " code "\n" $0 "\n"
    }
    next
}

/^\.Ex -std/ {
    printf "Where several hold, the later one is the status.\n.Bl -tag -width 4n\n%s.El\n", statuses
    next
}

!NF { $0 = ".Pp" }

{ print }
