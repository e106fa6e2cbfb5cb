import AirbyteProtocol
import CSystem
import Testing

@testable import RunnerKit

/// Files that are kept between runs, and what else their paths may lead to.
struct TargetFileTests {
    private func kind(_ path: String) -> Int32 {
        var status = stat()
        return lstat(path, &status) == 0 ? file_kind(status.st_mode) : 0
    }

    private func permissions(_ path: String) -> mode_t {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
    }

    private func saying() throws -> FakeSource {
        let source = try FakeSource(Say.stream("t"))
        try source.reads(Say.record("t", #"{"id":"a"}"#), Say.state("t", #"{"n":1}"#))
        return source
    }

    @Test(arguments: ["", "[]"])
    func aLinkedStateStaysALink(content: String) throws {
        let source = try saying()
        mkdir("\(source.folder)/elsewhere", 0o700)
        // A link to a link, both relative; without content the file is still to be made.
        symlink("hop", "\(source.folder)/state.json")
        symlink("elsewhere/kept.json", "\(source.folder)/hop")
        if !content.isEmpty { try source.write("elsewhere/kept.json", content) }
        #expect(try source.run("read", "--state", "\(source.folder)/state.json").code == .ok)
        #expect(kind("\(source.folder)/state.json") == S_IFLNK && kind("\(source.folder)/hop") == S_IFLNK)
        #expect(kind("\(source.folder)/elsewhere/kept.json") == S_IFREG)
        #expect(try source.text("elsewhere/kept.json")?.contains(#"{"n":1}"#) == true)
    }

    @Test(arguments: [("read", "--state"), ("sync", "--into")])
    func whatIsNoRegularFileIsRefusedAndStays(verb: String, option: String) throws {
        let source = try saying()
        mkfifo("\(source.folder)/pipe", 0o600)
        mkdir("\(source.folder)/box", 0o700)
        symlink("/dev/full", "\(source.folder)/link")
        // Only root can make devices; links to them do for everybody else.
        let isDevice = mknod("\(source.folder)/null", mode_t(S_IFCHR) | 0o600, 0x103) == 0
        for name in ["pipe", "box", "link"] + (isDevice ? ["null"] : []) {
            let path = "\(source.folder)/\(name)"
            let before = kind(path)
            let result = try source.run(verb, option, path)
            #expect(result.code == .usage)
            #expect(result.errors.contains("\(option) \(path) is a"))
            #expect(result.errors.contains("name a regular file, or one that does not exist yet"))
            #expect(kind(path) == before)
        }
        #expect(kind("/dev/full") == S_IFCHR)
        #expect(try source.text("calls") == nil, "the source is not started")
    }

    @Test(arguments: [("read", "--state"), ("sync", "--into")])
    func linksInACircleAndMissingFoldersAreRefused(verb: String, option: String) throws {
        let source = try saying()
        symlink("b", "\(source.folder)/a")
        symlink("a", "\(source.folder)/b")
        let circle = try source.run(verb, option, "\(source.folder)/a")
        #expect(circle.code == .usage && circle.errors.contains("leads in a circle"))
        let missing = try source.run(verb, option, "\(source.folder)/no/file")
        #expect(missing.code == .usage && missing.errors.contains("does the folder exist?"))
        #expect(try source.text("calls") == nil, "the source is not started")
    }

    @Test func twoNamesOfADatabaseAreOneDatabase() throws {
        let source = try saying()
        let link = "\(source.folder)/link.db"
        symlink("out.db", link)
        let lock = try FileLock(beside: source.database)
        #expect(try source.run("sync", "--into", link).errors.contains("another sync is writing"))
        _ = consume lock
        #expect(try source.run("sync", "--into", link).code == .ok)
        #expect(kind(link) == S_IFLNK)
        #expect(try source.query("SELECT id FROM t") == ["a"])
    }

    @Test func aNewDatabaseIsForItsOwnerAndAnOldOneStaysAsItIs() throws {
        let source = try saying()
        do {
            let database = try Database(source.database)
            try database.execute("CREATE TABLE x (y)")
            for suffix in ["", "-wal", "-shm"] { #expect(permissions(source.database + suffix) == 0o600) }
        }
        chmod(source.database, 0o640)
        #expect(try source.sync().code == .ok)
        #expect(permissions(source.database) == 0o640)
    }

    @Test(arguments: ["--state", "--catalog", "--config"])
    func noFileIsReadWithoutEnd(option: String) throws {
        let source = try saying()
        // Without the zeros written: a file with a hole.
        try source.write("huge", "")
        truncate("\(source.folder)/huge", 65 << 20)
        let others = option == "--config" ? [] : ["--config", source.config]
        let words = ["read", "--source", source.command, option, "\(source.folder)/huge"] + others
        let result = try source.run(words: words)
        #expect(result.code == .usage)
        #expect(result.errors.contains("huge has more than 64 MB"))
    }

    @Test func aCatalogMayComeFromAPipe() throws {
        let source = try saying()
        let catalog = #"{"streams":[{"stream":{"name":"t","json_schema":{}},"sync_mode":"full_refresh"}]}"#
        var ends: [Int32] = [-1, -1]
        pipe(&ends)
        _ = catalog.withCString { write(ends[1], $0, catalog.utf8.count) }
        close(ends[1])
        defer { close(ends[0]) }
        #expect(try source.run("read", "--catalog", "/dev/fd/\(ends[0])").code == .ok)
        #expect(try source.text("given-catalog") == catalog)
    }
}
