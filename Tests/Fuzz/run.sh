#!/bin/sh
# Feeds a parser with mutated inputs until the time is over; stops at the first crash and leaves the input that caused it.
#
#     Tests/Fuzz/run.sh regex SECONDS
#
# The corpus and what was found are kept in .build/fuzz/TARGET.
set -eu
target=${1:?"say what to fuzz: regex"}
seconds=${2:?"say for how many seconds"}
cd "$(dirname "$0")/../.."
case $target in
regex) sources="Sources/LinearRegex Tests/Fuzz/RegexFuzz" dictionary=Tests/Fuzz/RegexFuzz/tokens.dict ;;
*)
    echo "unknown target '$target'; there is: regex" >&2
    exit 2
    ;;
esac
work=.build/fuzz/$target
mkdir -p "$work/corpus"
# Checks stay in (-Ounchecked would take them out): a trap is what is looked for.
# shellcheck disable=SC2046,SC2086
swiftc -O -whole-module-optimization -parse-as-library -swift-version 6 -sanitize=fuzzer,address \
    -enable-upcoming-feature ExistentialAny -enable-upcoming-feature InternalImportsByDefault \
    -module-name Fuzz -o "$work/fuzz" $(find $sources -name '*.swift' | sort)
# libFuzzer prints its own trace; Swift's would take minutes in a program with the sanitizer's shadow memory.
SWIFT_BACKTRACE=enable=no exec "$work/fuzz" -max_total_time="$seconds" -dict="$dictionary" -timeout=20 -rss_limit_mb=2048 -max_len=600 \
    -artifact_prefix="$work/" -print_final_stats=1 "$work/corpus"
