import JSONBytes
import Testing

@testable import RunnerKit

/// What of a configuration is secret.
struct SecretSearchTests {
    @Test func findsTheSecretsOfAConfiguration() throws {
        let configuration = try JSON(
            parsing: #"{"url":"https://me:pa55@h/","pin":{"auth_token":4711},"list_of_tokens":["t-one"],"who":"anna","#
                + #""odd":"k3yk3yk3yk3yk3yk3y","credentials":{"type":"basic","phrase":"xyz"}}"#)
        let blind = SecretSearch(configuration, specification: nil).found
        #expect(blind == ["pa55", "4711", "t-one", "k3yk3yk3yk3yk3yk3y"])
        let specification = try JSON(
            parsing: #"{"properties":{"credentials":{"oneOf":[{"properties":{"phrase":{"airbyte_secret":true}}}]}}}"#)
        #expect(SecretSearch(configuration, specification: specification).found == ["pa55", "4711", "t-one", "xyz"])
    }
}
