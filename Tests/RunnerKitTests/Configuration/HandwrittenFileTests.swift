import AirbyteProtocol
import CSystem
import Testing

@testable import RunnerKit

/// Configuration files as people have them.
struct HandwrittenFileTests {
    private func said(_ content: String, code: ExitCode = .configuration) throws -> String {
        let source = try FakeSource(Say.stream("t"), config: content)
        let result = try source.run("check")
        #expect(result.code == code)
        #expect(try source.text("calls") == nil || code == .ok, "the source is not started")
        return result.errors
    }

    @Test(arguments: [
        ("", "is empty: it has to hold a JSON object"), (" \n", "is empty"),
        ("endpoint: https://chat.example.org\ntoken: x\n", "is YAML: it has to be JSON"),
        ("---\nendpoint: x\n", "is YAML"), ("# my server\nendpoint:\n", "is YAML"), ("\u{FEFF}token: x", "is YAML"),
        ("<!DOCTYPE html><html>", "is a web page or XML"),
        ("https://chat.example.org/home\n", "holds an address alone"),
        ("{\u{201C}token\u{201D}: 1}", "has typographic quotes"), ("{\n \"a\": 1,\n}", "not valid JSON"),
        ("[]", "has to hold a JSON object"),
    ])
    func whatIsNoJSONIsCalledByItsName(content: String, words: String) throws {
        let text = try said(content)
        #expect(text.contains("config.json \(words)") || text.contains("is \(words)"), "\(text)")
    }

    @Test func aMistakeIsToldByLineAndColumn() throws {
        #expect(try said("{\n  \"a\": 1,\n  \"b\": tru\n}").contains("line 3, column 8"))
    }

    @Test func otherEncodingsAreToldOf() throws {
        let source = try FakeSource(Say.stream("t"))
        for name in ["UTF-16LE", "UTF-16BE", "UTF-16"] {
            let output = try BuiltRunner.script(
                #"""
                printf '{"a":"b"}' | iconv -t \#(name) > "$config"
                "$run" check --source "$source" --config "$config" 2>&1
                """#, source)
            #expect(output.contains("is UTF-16 text: save it as UTF-8"), "\(name)")
        }
    }

    @Test func aByteOrderMarkIsKeptFromTheSource() throws {
        let source = try FakeSource(Say.stream("t"), config: "\u{FEFF}{\"a\":1}")
        let result = try source.run("check")
        #expect(result.code == .ok)
        #expect(result.errors.contains("begins with a byte order mark, which JSON does not have: passed on without it"))
        #expect(try source.text("given-config") == #"{"a":1}"#)
    }

    @Test func addressesAndJSONAreNoPaths() throws {
        let source = try FakeSource(Say.stream("t"))
        for (path, words) in [
            ("https://chat.example.org/home", "--config names a file, not an address: https://chat.example.org/home"),
            (#"{"a":1}"#, "`--config -` reads it from a pipe"), ("/tmp", "--config /tmp is a folder"),
            ("/no/such", "there is no configuration file /no/such"),
        ] {
            let result = try source.run(words: ["check", "--source", source.command, "--config", path])
            #expect(result.code == .usage && result.errors.contains(words), "\(result.errors)")
        }
    }

    @Test(arguments: [
        #"echo '{"a":"b"}' | "$run" VERB --source "$source" --config -"#,
        #"echo '{"a":"b"}' > "$here/c"; "$run" VERB --source "$source" -c - < "$here/c""#,
        #"echo '{"a":"b"}' | "$run" VERB --source "$source" --config /dev/stdin"#,
        #"exec 7<<X"# + "\n" + #"{"a":"b"}"# + "\nX\n" + #""$run" VERB --source "$source" --config /dev/fd/7"#,
        #"mkfifo "$here/p"; echo '{"a":"b"}' > "$here/p" & "$run" VERB --source "$source" --config "$here/p""#,
    ])
    func pipesAreReadOnce(script: String) throws {
        let source = try FakeSource(Say.stream("t"), specification: #"{"type":"object"}"#)
        try source.reads(Say.record("t", #"{"id":"a"}"#), Say.status("t", "COMPLETE"))
        for verb in ["check", "read"] {
            let output = try BuiltRunner.script(
                "rm -f \"$here/p\"\n" + script.replacing("VERB", with: verb)
                    + " 2>&1; echo code $?; ls -d \"$config\"*", source)
            #expect(output.contains("code 0"), "\(output)")
            // Spec, discover and read are three starts.
            #expect(try source.text("given-config") == #"{"a":"b"}"#)
        }
    }

    @Test func theCopyIsForItsOwnerAndGoesWithTheRun() throws {
        let source = try FakeSource(Say.stream("t"))
        try source.write(
            "check.sh",
            #"""
            ls -l "$2" | cut -c1-10 >> "$here/modes"; ls -ld "${2%/*}" | cut -c1-10 >> "$here/modes"
            echo "${2%/*}" > "$here/scratch"
            echo '{"type":"CONNECTION_STATUS","connectionStatus":{"status":"SUCCEEDED"}}'
            """#)
        _ = try BuiltRunner.script(#"echo '{}' | "$run" check --source "$source" --config -"#, source)
        #expect(try source.text("modes") == "-rw-------\ndrwx------\n")
        let scratch = try #require(try source.text("scratch")).filter { $0 != "\n" }
        #expect(access(scratch, F_OK) != 0)
    }

    @Test func theCopyGoesWithAKilledRunner() throws {
        let source = try FakeSource(Say.stream("t"))
        try source.write(
            "check.sh",
            #"""
            trap '' PIPE
            echo "${2%/*}" > "$here/scratch"
            # The runner has half a second to have seen its source start.
            sleep 0.5
            kill -9 $PPID
            sleep 60
            """#)
        _ = try BuiltRunner.script(#"echo '{}' | "$run" check --source "$source" --config - 2>/dev/null"#, source)
        let scratch = try #require(try source.text("scratch")).filter { $0 != "\n" }
        for _ in 0..<200 where access(scratch, F_OK) == 0 { usleep(50_000) }
        #expect(access(scratch, F_OK) != 0)
    }

    @Test func aPipeCannotBeSavedIn() throws {
        let source = try FakeSource(Say.stream("t"))
        let result = try source.run(words: ["check", "--source", source.command, "--config", "-", "--save-config"])
        #expect(result.code == .usage && result.errors.contains("--save-config has no file to save in"))
    }
}
