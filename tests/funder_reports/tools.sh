# Sourced, after scripts/common.sh, by the scripts that look at reports: Python with what requirements.txt lists, and how
# the approved things are listed.
# shellcheck shell=bash

approved=$root/tests/funder_reports

# Sets `python` to one that has all of requirements.txt: the one there is, or a virtual environment under target/ that is
# made once. Fails where there is no Python (3.10 or later), or nothing to install from.
have_report_tools() {
  local wanted=$approved/requirements.txt tools=$target/report-tools
  have python3 || return 1
  python=python3
  report_tools_work && return 0
  python=$tools/bin/python
  if [ -f "$tools/done" ] && [ ! "$wanted" -nt "$tools/done" ] && report_tools_work; then return 0; fi
  say "installing $(grep -v '^#' "$wanted" | tr '\n' ' ')into $tools" >&2
  rm -rf "$tools"
  python3 -m venv "$tools" &&
    "$python" -m pip install --quiet --disable-pip-version-check --requirement "$wanted" >&2 &&
    report_tools_work && touch "$tools/done"
}

report_tools_work() {
  "$python" -c 'import page, PIL.Image; assert page.__version__ == "0.11.0"' 2>/dev/null
}

# The lines of a list without comments and empty ones, or of none: a last line without its end counts too.
listed() {
  [ ! -f "$1" ] || sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$1"
}

# The name of a report's file, as `ketnoi report` chooses it: report, key, language. What is approved has no colons in its
# name, because not every system can have them.
report_name() {
  printf '%s-%s-%s' "$1" "$(printf %s "$2" | tr '/\\' '__')" "$3"
}
