# Counts exported ballots again, without a line of the registry's own code: votes by cluster and option, valid and spoiled
# ballots by cluster, and all together as cluster `*`.
#
#   ketnoi export ballots --dialogue CODE | awk -f tests/tools/recount.awk | sort
BEGIN { FS = "," }
NR == 1 { next }
{
  kind = $2 == "yes" ? "spoiled" : "valid"
  count[$1 " " kind]++
  count["* " kind]++
  n = split($3, picked, " ")
  for (i = 1; i <= n; i++) {
    count[$1 " option " picked[i]]++
    count["* option " picked[i]]++
  }
}
END { for (what in count) print what, count[what] }
