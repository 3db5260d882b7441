#!/usr/bin/env bash
# Runs `quorate gate` as a GitHub action does: inputs from the environment, annotations, a summary, outputs, reports.
# Inputs are data: none is evaluated, none can become an option, and none can add a line to the outputs.
set -u
for name in CANDIDATE BASELINE ITEMS GATE MAX_USD SEQUENTIAL TRUST INCONCLUSIVE REPORTS; do
  if [[ "${!name:-}" == *[[:cntrl:]]* ]]; then
    echo "the input ${name,,} must be one line without control characters" >&2
    exit 2
  fi
done
for name in VOTES LABELS; do
  if [[ "$(printf '%s' "${!name:-}" | tr -d '\n')" == *[[:cntrl:]]* ]]; then
    echo "the input ${name,,} must be lines without control characters" >&2
    exit 2
  fi
done
arguments=("--candidate=$CANDIDATE" "--baseline=$BASELINE")
[ -z "${ITEMS:-}" ] || arguments+=("--items=$ITEMS")
[ -z "${GATE:-}" ] || arguments+=("--gate=$GATE")
[ -z "${MAX_USD:-}" ] || arguments+=("--max-usd=$MAX_USD")
[ "${SEQUENTIAL:-false}" != true ] || arguments+=(--sequential)
[ "${TRUST:-false}" != true ] || arguments+=(--trust)
for name in VOTES LABELS; do
  while IFS= read -r file; do
    [ -z "$file" ] || arguments+=("--${name,,}=$file")
  done <<<"${!name:-}"
done
# a relative path that begins with a dash would be an option of mkdir and cat
case $REPORTS in
  -*) REPORTS=./$REPORTS ;;
esac
mkdir -p "$REPORTS"
node "$GITHUB_ACTION_PATH/bin/quorate.js" gate "${arguments[@]}" --annotations \
  "--report=$REPORTS/result.json" "--junit=$REPORTS/junit.xml" "--markdown=$REPORTS/report.md" "--html=$REPORTS/report.html"
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
  printf 'report=%s\n' "$REPORTS/report.md"
} >>"$GITHUB_OUTPUT"
if [ $answer = inconclusive ] && [ "${INCONCLUSIVE:-fail}" = pass ]; then exit 0; fi
exit $code
