import AuditModel
import Drift
import Testing

struct JSONPatchTests {
    private func patch(_ before: SettingValue, _ after: SettingValue) -> String {
        CanonicalJSON.text(of: JSONPatch.between(before, after).json)
    }

    private func error(_ patch: String, _ document: SettingValue = ["a": [1, ["b": 2]]]) -> String? {
        do {
            _ = try JSONPatch(bytes: Array(patch.utf8)).applied(to: document)
            return nil
        } catch { return "\(error)" }
    }

    @Test func `a patch tells what changed in place, and what was put in or taken out at one spot`() {
        #expect(patch(["a": 1, "b": [1, 2]], ["a": 1, "b": [1, 2]]) == "[]")
        #expect(
            patch(["a": 1, "b": 2, "c": 3], ["a": 1, "b": 4, "d": 5]) == """
                [{"op":"replace","path":"/b","value":4},{"op":"remove","path":"/c"},\
                {"op":"add","path":"/d","value":5}]
                """)
        #expect(
            patch([1, 2, 3, 4, 5], [1, 9, 3, 5])
                == #"[{"op":"replace","path":"/1","value":9},{"op":"remove","path":"/3"}]"#)
        #expect(
            patch([1, 2, 3], [1, 7, 8, 2, 3]) == """
                [{"op":"add","path":"/1","value":7},{"op":"add","path":"/2","value":8}]
                """)
        #expect(patch([1, 7, 8, 2, 3], [1, 2, 3]) == #"[{"op":"remove","path":"/2"},{"op":"remove","path":"/1"}]"#)
        #expect(patch([1], ["0": 1]) == #"[{"op":"replace","path":"","value":{"0":1}}]"#)
        #expect(
            patch(["a/b": ["m~n": 1]], ["a/b": ["m~n": nil]]) == """
                [{"op":"replace","path":"/a~1b/m~0n","value":null}]
                """)
    }

    @Test func `a patch is read as it is written`() throws {
        let all = JSONPatch([
            .add(JSONPointer(["a", "-"]), 1), .remove(JSONPointer(["~/", ""])), .replace(JSONPointer(), nil),
            .move(from: JSONPointer(["x"]), to: JSONPointer(["y"])),
            .copy(from: JSONPointer(["x"]), to: JSONPointer(["e\u{301}"])), .test(JSONPointer(["1"]), [:]),
        ])
        #expect(try JSONPatch(bytes: all.bytes) == all)
    }

    @Test func `keys that look alike are told apart by their bytes`() throws {
        let document: SettingValue = ["e\u{301}": 1]
        #expect(error(#"[{"op":"remove","path":"/\#u{e9}"}]"#, document) != nil)
        #expect(
            try JSONPatch(bytes: Array("[{\"op\":\"add\",\"path\":\"/\u{e9}\",\"value\":2}]".utf8))
                .applied(to: document).objectValue?.count == 2)
    }

    @Test(arguments: [
        (#"{}"#, "the patch is not a list of operations"),
        (#"[7]"#, "operation 1 of the patch: it is not an object"),
        (
            #"[{"op":"add","path":"/a/0","path":"/b","value":1}]"#,
            #"the patch is not JSON: the key "path" stands twice in one object, at byte 27"#
        ),
        (
            #"[{"op":"test","path":"","value":{"a":[1,{"b":2}]}},{"op":"add","path":"/a/3","value":1}]"#,
            #"operation 2 of the patch: "/a/3" is beyond the end of a list of 2"#
        ),
        (
            #"[{"op":"add","path":"/a/00","value":1}]"#,
            #"operation 1 of the patch: the document has nothing at "/a/00""#
        ),
        (
            #"[{"op":"add","path":"/a/99999999999999999999","value":1}]"#,
            #"operation 1 of the patch: "/a/99999999999999999999" is beyond the end of a list of 2"#
        ),
        (#"[{"op":"remove","path":"/a/-"}]"#, #"operation 1 of the patch: the document has nothing at "/a/-""#),
        (
            #"[{"op":"replace","path":"/a/0/x","value":1}]"#,
            #"operation 1 of the patch: the document has nothing at "/a/0/x""#
        ),
        (
            #"[{"op":"remove","path":"/~2"}]"#,
            #"operation 1 of the patch: "/~2" is no JSON Pointer: it starts with '/', and '~' is '~0'"#
        ),
        (#"[{"op":"remove","path":7}]"#, "operation 1 of the patch: 'path' is not a string"),
        (#"[{"op":"copy","path":"/b"}]"#, "operation 1 of the patch: 'from' is missing"),
        (
            #"[{"op":"put","path":"/b"}]"#,
            #"operation 1 of the patch: "put" is no operation; add, remove, replace, move, copy and test are"#
        ),
        (
            #"[{"op":"move","from":"/a","path":"/a/0"}]"#,
            #"operation 1 of the patch: "/a" cannot be moved into itself, to "/a/0""#
        ),
        (
            #"[{"op":"test","path":"/a/1/b","value":"2"}]"#,
            #"operation 1 of the patch: "/a/1/b" is 2, and the patch is made for "2""#
        ),
        (#"[{"op":"remove","path":""}]"#, "operation 1 of the patch: the whole document cannot be removed"),
    ])
    func `what cannot be read or applied says which operation, and why`(patch: String, sentence: String) {
        #expect(error(patch) == sentence)
    }

    @Test func `long arrays are patched in time that grows with their length`() throws {
        let count = 20_000
        let one = SettingValue.array((0..<count).map { ["id": .integer(Int64($0)), "name": "a"] })
        let other = SettingValue.array((0..<count).map { ["id": .integer(Int64($0)), "name": "b"] })
        let patch = JSONPatch.between(["list": one], ["list": other])
        #expect(patch.operations.count == count)
        #expect(try patch.applied(to: ["list": one]) == ["list": other])
    }
}
