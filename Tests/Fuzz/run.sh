#!/bin/sh
# Feeds a parser with mutated inputs until the time is over; stops at the first crash and leaves the input that caused it.
#
#     Tests/Fuzz/run.sh regex|cel|policies SECONDS
#
# The corpus and what was found are kept in .build/fuzz/TARGET.
set -eu
target=${1:?"say what to fuzz: regex, cel or policies"}
seconds=${2:?"say for how many seconds"}
cd "$(dirname "$0")/../.."
# What the fuzzed sources import of ours is compiled before them, as a module of its own.
case $target in
regex) imports="" sources="Sources/LinearRegex Tests/Fuzz/RegexFuzz" dictionary=Tests/Fuzz/RegexFuzz/tokens.dict ;;
cel) imports="LinearRegex" sources="Sources/CEL Tests/Fuzz/CELFuzz" dictionary=Tests/Fuzz/CELFuzz/tokens.dict ;;
policies) imports="" sources="" dictionary=Tests/Fuzz/PolicyFuzz/tokens.dict ;;
*)
    echo "unknown target '$target'; there are: regex, cel, policies" >&2
    exit 2
    ;;
esac
work=.build/fuzz/$target
mkdir -p "$work/corpus"
if [ "$target" = policies ]; then
    # The loader has packages below it, so the package manager builds it, with everything that can be instrumented.
    AUDIT_FUZZ=1 swift build -c release --scratch-path "$work/build" --product policy-fuzz \
        -Xswiftc -sanitize=fuzzer -Xswiftc -sanitize=address -Xswiftc -use-ld=lld -Xcc -fsanitize=fuzzer-no-link -Xcc -fsanitize=address
    cp "$work/build/release/policy-fuzz" "$work/fuzz"
    # Shipped files are the best beginnings.
    cp policies/*.yaml "$work/corpus/"
    length=20000
else
    length=600
    # Checks stay in (-Ounchecked would take them out): a trap is what is looked for.
    options="-O -whole-module-optimization -parse-as-library -swift-version 6 -enable-upcoming-feature ExistentialAny
        -enable-upcoming-feature InternalImportsByDefault"
    objects=""
    for module in $imports; do
        # shellcheck disable=SC2046,SC2086
        swiftc $options -sanitize=address -emit-module -emit-module-path "$work/$module.swiftmodule" \
            -module-name "$module" -c -o "$work/$module.o" $(find "Sources/$module" -name '*.swift' | sort)
        objects="$objects $work/$module.o"
    done
    # shellcheck disable=SC2046,SC2086
    swiftc $options -sanitize=fuzzer,address -I "$work" -module-name Fuzz -o "$work/fuzz" \
        $(find $sources -name '*.swift' | sort) $objects -lm
fi
# libFuzzer prints its own trace; Swift's would take minutes in a program with the sanitizer's shadow memory.
# Leaks are not looked for: pointers within Swift's enums carry tags, so what statics hold seems lost.
ASAN_OPTIONS=detect_leaks=0 SWIFT_BACKTRACE=enable=no exec "$work/fuzz" -max_total_time="$seconds" -dict="$dictionary" -timeout=20 -rss_limit_mb=2048 -max_len=$length \
    -artifact_prefix="$work/" -print_final_stats=1 "$work/corpus"
