/// What moves while a source is read.
extension Reporter {
    /// Shows how it stands, when it is time: on a screen the lines that are drawn anew, in a log a line a minute. Says what the
    /// source has foretold, and the end of an outage.
    func showProgress(_ accounts: [StreamAccount], started: Int64) {
        let now = Clock.monotonic()
        guard course.isLooking(now: now) else { return }
        course.note(rows: accounts.reduce(0) { $0 + $1.records }, bytes: accounts.reduce(0) { $0 + $1.bytes }, now: now)
        course.news(now: now).forEach(announce)
        guard course.isDue(now: now) else { return }
        let picture = course.complete(
            SyncPicture(accounts, course.forecasts, started: started, now: now, wall: Clock.now(), shown: line),
            now: now)
        guard course.display == .screen else { return say(MinuteLine.text(picture)) }
        let style = console.style
        console.say(block.replace(SyncScreen.lines(picture, style), columns: style.columns))
    }

    /// What is being done now, on a screen; it is replaced by what is shown next.
    func showStep(_ text: String) {
        guard course.display == .screen else { return }
        console.say(block.replace([String(line(text).prefix(max(20, console.columns - 1)))], columns: console.columns))
    }

    /// Removes the lines that are drawn anew, and says what has not been said.
    func clearProgress() {
        console.say(block.remove(columns: console.columns))
        course.news(now: Clock.monotonic(), isOver: true).forEach(announce)
    }

    /// On a screen in lines that fit; those after the first are indented by four.
    private func announce(_ text: String) {
        say(course.display == .screen ? wrapped(text, to: max(20, console.columns - 5)) : text)
    }
}
