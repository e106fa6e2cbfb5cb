import JSONBytes

/// The program's own words about itself.
package enum Usage {
    /// What `--version` prints.
    package static let version = "airbyte-run 0.1.0"

    /// The lines shown with a wrong command line.
    package static let short = """
        usage: airbyte-run spec|check|discover|read|sync|verify --source CMD --config FILE [options]
               airbyte-run --help
        """

    /// What `--help` prints.
    package static let full = """
        airbyte-run: run any Airbyte source, without a platform and without containers.

        usage:
          airbyte-run spec     --source CMD
          airbyte-run check    --source CMD --config FILE
          airbyte-run discover --source CMD --config FILE [--raw]
          airbyte-run read     --source CMD --config FILE [--streams A,B] [--state FILE] [--catalog FILE]
                               [--full-refresh]
          airbyte-run sync     --source CMD --config FILE --into FILE.db [--streams A,B] [--catalog FILE]
                               [--full-refresh] [--commit-every SECONDS] [--same-source]
          airbyte-run verify   --source CMD --config FILE [--bad-config FILE] [--without RULE=REASON ...]
                               [--streams A,B] [--state FILE] [--json] [--junit FILE] [--silence SECONDS]

        commands:
          spec      print the source's SPEC message
          check     say whether the source can connect
          discover  list the streams: a table on a terminal, the CATALOG message in a pipe
          read      print the source's messages as they come, one JSON object a line
          sync      keep a SQLite file equal to what the source tells: one table per stream, rows updated by
                    primary key, deleted rows removed; the next sync continues where this one ended
          verify    run the source some thirty times and say which rules of the protocol it keeps (docs/verify.md)

        options:
          --source CMD     the source: a program, or a quoted command line such as "python -m source_x"
          --config FILE    its configuration, JSON
          --streams A,B    only these streams (default: all it has)
          --state FILE     continue from this state and keep the newest one in it (may not exist yet)
          --catalog FILE   a configured catalog to use instead of asking the source
          --full-refresh   forget the state and read everything anew; tables are replaced once complete
          --into FILE.db   the SQLite file, made when missing
          --commit-every N sync: seconds between commits (default 1; 0: at every state the source sends)
          --save-config    merge a configuration that the source changes (a new token) into the configuration file
          --same-source    sync: the file holds this source's data, although its command or its configuration looks
                           like another one's
          --bad-config F   verify: a configuration that the source has to refuse, such as one with a wrong password
          --without R=WHY  verify: leave a rule out; the reason is printed. May be given several times
          --junit FILE     verify: write the verdicts as JUnit XML, too
          --silence N      verify: seconds after which a source that says nothing is ended (default 300)
          --raw, --json    discover: print the CATALOG message even on a terminal; verify: print JSON
          --table          discover: print the table even into a file or pipe
          --verbose        also show the source's INFO logs and its standard error
          --help, --version

        exit codes:
          0  everything asked for succeeded
          1  something failed; another run may succeed (check: the source cannot connect, for whatever reason)
          2  the command line is wrong, a file cannot be read, the database has a table of that name that airbyte-run
             did not make, or the source cannot be started
          3  the source says its configuration is wrong, or it names another workspace than the database holds:
             trying again will not help
          128 + N  ended by signal N; what was acknowledged before is kept
        """
}
