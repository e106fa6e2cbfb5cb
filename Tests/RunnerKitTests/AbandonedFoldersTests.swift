import CSystem
import Testing

@testable import RunnerKit

@Suite struct AbandonedFoldersTests {
    /// A folder of that name in `parent`, with a configuration in it, last written to `age` seconds ago.
    private func folder(_ name: String, in parent: String, age: Int, mode: mode_t = 0o700) throws -> String {
        let path = "\(parent)/\(name)"
        try #require(mkdir(path, mode) == 0)
        let file = system_open("\(path)/config.json", O_WRONLY | O_CREAT, 0o600)
        try #require(file >= 0)
        close(file)
        try grow(path, older: age)
        return path
    }

    /// Makes it look last written to `age` seconds ago.
    private func grow(_ path: String, older age: Int) throws {
        let times = [timespec](repeating: timespec(tv_sec: time(nil) - age, tv_nsec: 0), count: 2)
        try #require(utimensat(AT_FDCWD, path, times, 0) == 0)
    }

    private func newPlace() throws -> String {
        var template = Array("/tmp/abandoned-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private func isThere(_ path: String) -> Bool { access(path, F_OK) == 0 }

    @Test func whatARunLeftThatWasKilledGoesWithTheNext() throws {
        let place = try newPlace()
        let left = try folder("airbyte-run-left01", in: place, age: 61)
        AbandonedFolders.remove(below: place)
        #expect(!isThere(left))
    }

    @Test func whatMayBeSomebodysStays() throws {
        let place = try newPlace()
        let held = try folder("airbyte-run-held01", in: place, age: 3600)
        let lock = system_open(held, O_RDONLY | O_DIRECTORY, 0)
        defer { close(lock) }
        try #require(flock(lock, LOCK_EX | LOCK_NB) == 0)
        let young = try folder("airbyte-run-young1", in: place, age: 5)
        let shared = try folder("airbyte-run-shared", in: place, age: 3600, mode: 0o755)
        let other = try folder("airbyte-runs", in: place, age: 3600)
        let link = "\(place)/airbyte-run-link01"
        try #require(symlink(other, link) == 0)
        let full = try folder("airbyte-run-full01", in: place, age: 3600)
        try #require(mkdir("\(full)/within", 0o700) == 0)
        AbandonedFolders.remove(below: place)
        for path in [held, young, shared, other, link, full] { #expect(isThere(path), "\(path)") }
        #expect(isThere("\(held)/config.json") && isThere("\(young)/config.json") && isThere("\(other)/config.json"))
        AbandonedFolders.remove(below: "\(place)/missing")
        for path in [young, other, full] { #expect(isThere(path)) }
    }

    @Test func aLivingRunHoldsItsFolder() throws {
        let scratch = try ScratchFolder()
        try grow(scratch.path, older: 3600)
        // What another run does when it begins.
        try ScratchFolder().remove([])
        #expect(isThere(scratch.path))
        scratch.remove([])
        #expect(!isThere(scratch.path))
    }
}
