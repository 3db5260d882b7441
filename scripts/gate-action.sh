#!/usr/bin/env bash
# Runs `quorate gate` as a GitHub action does: inputs from the environment, annotations, a summary, outputs, reports.
set -u
arguments=(--candidate "$CANDIDATE" --baseline "$BASELINE")
[ -z "${ITEMS:-}" ] || arguments+=(--items "$ITEMS")
[ -z "${GATE:-}" ] || arguments+=(--gate "$GATE")
[ -z "${MAX_USD:-}" ] || arguments+=(--max-usd "$MAX_USD")
[ "${SEQUENTIAL:-false}" != true ] || arguments+=(--sequential)
for name in VOTES LABELS; do
  option="--${name,,}"
  while IFS= read -r file; do
    [ -z "$file" ] || arguments+=("$option" "$file")
  done <<<"${!name:-}"
done
mkdir -p "$REPORTS"
node "$GITHUB_ACTION_PATH/bin/quorate.js" gate "${arguments[@]}" --annotations \
  --report "$REPORTS/result.json" --junit "$REPORTS/junit.xml" --markdown "$REPORTS/report.md" --html "$REPORTS/report.html"
code=$?
case $code in
  0) answer=pass ;;
  1) answer=fail ;;
  3) answer=inconclusive ;;
  *) exit $code ;;
esac
cat "$REPORTS/report.md" >>"$GITHUB_STEP_SUMMARY"
{
  echo "answer=$answer"
  echo "report=$REPORTS/report.md"
} >>"$GITHUB_OUTPUT"
if [ $answer = inconclusive ] && [ "${INCONCLUSIVE:-fail}" = pass ]; then exit 0; fi
exit $code
