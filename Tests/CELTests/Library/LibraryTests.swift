import CEL
import Testing

struct LibraryTests {
    @Test(arguments: [
        // Code points, not grapheme clusters or bytes; nothing is normalised.
        ("size('e\\u0301')", "2"), ("size('👨‍👩‍👧')", "5"), ("'\\u00e9' == 'e\\u0301'", "false"),
        ("'é' in ['e\\u0301']", "false"), ("{'é': 1}['e\\u0301']", "!no such key: 'e\u{301}'"),
        ("'👨‍👩‍👧'.charAt(0)", "'👨'"), ("'a\\r\\nb'.size()", "4"), ("'\\r\\n'.startsWith('\\r')", "true"),
        ("'e\\u0301'.endsWith('\\u0301')", "true"), ("'e\\u0301'.contains('e')", "true"),
        ("'\\uffff' < '\\U0001F600'", "true"),
        ("'ae\\u0301'.reverse()", "'\u{301}ea'"), ("'e\\u0301x'.indexOf('x')", "2"), ("''.charAt(0)", "''"),
        ("'ta©o©αT'.lastIndexOf('©', 3)", "2"), ("'a,b,,c'.split(',')", "['a', 'b', '', 'c']"),
        ("'é😀'.split('')", "['é', '😀']"), ("'a,b,c'.split(',', 2)", "['a', 'b,c']"), ("''.split('')", "[]"),
        ("''.split(',')", "['']"), ("'abc'.replace('', '-')", "'-a-b-c-'"), ("'abc'.replace('b', 'x', 0)", "'abc'"),
        ("'aaaa'.replace('aa', 'b')", "'bb'"), ("'ababab'.lastIndexOf('abab')", "2"),
        ("'\\u200bx\\u200b'.trim()", "'\u{200B}x\u{200B}'"),
        ("'\\u2003x\\u00a0'.trim()", "'x'"), ("strings.quote('a\\\\b\\'\"')", "'\"a\\\\b'\\\"\"'"),
        // Numbers
        ("1 / 3 * 3", "0"), ("-7 / 2", "-3"), ("-7 % 3", "-1"), ("9223372036854775807 + 1", "!overflow in +"),
        ("0u - 1u", "!overflow in -"), ("-9223372036854775808 / -1", "!overflow in /"),
        ("-9223372036854775808 % -1", "!overflow in %"), ("1 % 0", "!remainder by zero"), ("1.0 / 0.0", "inf"),
        ("int(9.9)", "9"), ("int(1e30)", "!1e+30 is beyond the range of int"),
        ("int('x')", "!'x' cannot be converted to int"),
        ("uint(-1)", "!-1 is beyond the range of uint"), ("double('1e400')", "!'1e400' cannot be converted to double"),
        ("string(1e20)", "'100000000000000000000'"), ("string(1e21)", "'1e+21'"), ("string(1e22)", "'1e+22'"),
        ("string(0.0001)", "'0.0001'"),
        ("string(0.00001)", "'1e-05'"), ("string(-0.0)", "'-0'"), ("string(5e-324)", "'5e-324'"),
        ("double('.5')", "0.5"),
        ("double('5.')", "5.0"), ("int('+5')", "5"), ("int('')", "!'' cannot be converted to int"),
        ("math.greatest(1, 2u, 1.5)", "2u"), ("math.least([3, 1, 2])", "1"), ("math.sqrt(16)", "4.0"),
        ("math.round(-2.5)", "-3.0"), ("math.sign(-0.0)", "0.0"), ("math.bitShiftLeft(1, 63)", "-9223372036854775808"),
        ("math.greatest([])", "!math.greatest: there is nothing to choose from"),
        // Text of numbers
        ("'%.3f|%.0f|%.1f'.format([1.2345, 0.5, 0.25])", "'1.234|0|0.2'"), ("'%.2f'.format([9.999])", "'10.00'"),
        ("'%.20f'.format([0.1])", "'0.10000000000000000555'"), ("'%.3e'.format([0])", "'0.000e+00'"),
        ("'%.1e'.format([9.96])", "'1.0e+01'"), ("'%e'.format([1e-300])", "'1.000000e-300'"),
        ("'%s'.format([1e300])", "'1" + String(repeating: "0", count: 300) + "'"), ("'%x'.format([-255])", "'-ff'"),
        ("'%d%%'.format([5])", "'5%'"),
        ("'%'.format([])", "!format: a '%' stands at the end; write '%%' for a percent sign"),
        ("'%d'.format(['a'])", "!format: %d is for numbers, not string"), ("'%q'.format([1])", "!format: unknown '%q'"),
        ("'%s'.format([])", "!format: there are 0 arguments, and the text asks for more"),
        ("'%.1001f'.format([1.0])", "!format: the precision is beyond 1000"),
        // Lists, maps, sets
        ("[3, 1, 2].sort()", "[1, 2, 3]"), ("[1, 'a'].sort()", "!no such overload: sort(int, string)"),
        ("[[1], [2, [3]]].flatten()", "[1, 2, [3]]"), ("[1, [2, [3]]].flatten(2)", "[1, 2, 3]"),
        ("[1, 1u, 1.0, 2, 'a', 'a', [1], [1]].distinct()", "[1, 2, 'a', [1]]"), ("[1, 2, 3].slice(1, 3)", "[2, 3]"),
        ("[1].slice(0, 2)", "!index 2 is out of range; there are 1"), ("lists.range(3)", "[0, 1, 2]"),
        ("[1, 2].first()", "optional(1)"),
        ("[].last()", "none"), ("[1, 2].reverse()", "[2, 1]"), ("sets.contains([1, 2], [2.0])", "true"),
        ("sets.equivalent([1, 2, 2], [2, 1])", "true"), ("sets.intersects([1], [2])", "false"),
        ("[{'n': 2}, {'n': 1}].sortBy(e, e.n).map(e, e.n)", "[1, 2]"),
        ("[1, 2][2]", "!index 2 is out of range; there are 2"),
        ("[1, 2][-1]", "!index -1 is out of range; there are 2"), ("[1]['a']", "!a list cannot be indexed by 'a'"),
        ("{1: 'a', 1u: 'b'}", "!the key 1u comes twice"), ("{1: 'a'}[1.0]", "'a'"),
        ("{1: 'a'}[1.5]", "!no such key: 1.5"),
        ("[1, 2].transformMapEntry(i, v, {string(v): i})", "{'1': 0, '2': 1}"),
        ("[1, 1].transformMapEntry(i, v, {v: i})", "!the key 1 comes twice"),
        ("7 in [1, 2, 3, 4, 5, 6, 7, 8, 9]", "true"), ("7.0 in [1, 2, 3, 4, 5, 6, 7, 8, 9]", "true"),
        ("'x' in [1, 2, 3, 4, 5, 6, 7, 8, 9]", "false"), ("null in [1, 2, 3, 4, 5, 6, 7, 8, 9]", "false"),
        // Optional values
        ("optional.none().value()", "!the optional value is empty"),
        ("optional.of(1).or(1 / 0 == 1 ? optional.of(2) : optional.none())", "optional(1)"),
        ("optional.of(1).orValue(1 / 0)", "1"), ("[?optional.of(1), ?optional.none(), 3]", "[1, 3]"),
        ("{?'a': optional.none()}", "{}"),
        ("optional.ofNonZeroValue('')", "none"), ("{'a': {'b': 1}}.?a.?b", "optional(1)"), ("{'a': 1}.?b.c", "none"),
        ("[1][?5].orValue(0)", "0"), ("optional.of(2).optFlatMap(x, [x][?0])", "optional(2)"),
        // Bytes and base64
        ("base64.encode(b'ab')", "'YWI='"), ("base64.decode('YQ')", "b[97]"),
        ("base64.decode('Y')", "!base64.decode: the text is not base64"),
        ("base64.decode('YQ=')", "!base64.decode: the text is not base64"),
        ("string(b'\\xff')", "!string: the bytes are not UTF-8"),
        ("b'a' + b'b' < b'b'", "true"), ("size(b'é')", "2"),
        // Addresses
        ("string(ip('2001:DB8:0:0:1:0:0:1'))", "'2001:db8::1:0:0:1'"), ("isIP('01.2.3.4')", "false"),
        ("isIP('1::2::3')", "false"),
        ("isIP(':1:2:3:4:5:6:7')", "false"), ("isIP('::')", "true"), ("isCIDR('10.0.0.0/33')", "false"),
        ("isCIDR('::/128')", "true"),
        ("isCIDR('10.0.0.0/08')", "false"), ("string(cidr('10.1.2.3/8').masked())", "'10.0.0.0/8'"),
    ])
    func `the library gives what it should`(source: String, expected: String) {
        #expect(outcome(source) == expected)
    }
}
