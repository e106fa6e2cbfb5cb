/// Version of the connector: the one place that says it. metadata.yaml, the image labels and CHANGELOG.md are held equal by a test.
package let connectorVersion = "0.1.0"
