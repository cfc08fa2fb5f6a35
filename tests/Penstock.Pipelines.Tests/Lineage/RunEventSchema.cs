namespace Penstock.Pipelines.Tests.Lineage;

/// <summary>
/// What a run event must be like, written down anew from OpenLineage's specification: the members that are required, their types
/// and formats, of the event and of each facet that Penstock writes. A facet that isn't named here is refused.
/// </summary>
internal static class RunEventSchema
{
    public const string Text = """
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "$id": "urn:penstock:tests:run-event",
          "type": "object",
          "required": ["eventTime", "eventType", "producer", "schemaURL", "run", "job"],
          "additionalProperties": false,
          "properties": {
            "eventTime": { "type": "string", "format": "date-time" },
            "eventType": { "enum": ["START", "RUNNING", "COMPLETE", "ABORT", "FAIL"] },
            "producer": { "type": "string", "format": "uri" },
            "schemaURL": { "const": "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent" },
            "run": { "$ref": "#/$defs/run" },
            "job": { "$ref": "#/$defs/job" },
            "inputs": { "type": "array", "items": { "$ref": "#/$defs/input" } },
            "outputs": { "type": "array", "items": { "$ref": "#/$defs/output" } }
          },
          "$defs": {
            "facet": {
              "type": "object",
              "required": ["_producer", "_schemaURL"],
              "properties": {
                "_producer": { "type": "string", "format": "uri" },
                "_schemaURL": { "type": "string", "format": "uri", "pattern": "^https://openlineage\\.io/spec/facets/" }
              }
            },
            "count": { "type": "integer", "minimum": 0 },
            "owners": { "type": "array", "items": { "type": "object", "required": ["name"], "properties": { "name": { "type": "string" }, "type": { "type": "string" } } } },
            "run": {
              "type": "object",
              "required": ["runId"],
              "properties": {
                "runId": { "type": "string", "format": "uuid" },
                "facets": {
                  "type": "object",
                  "additionalProperties": false,
                  "properties": {
                    "processing_engine": { "$ref": "#/$defs/facet", "required": ["version"] },
                    "nominalTime": {
                      "$ref": "#/$defs/facet", "required": ["nominalStartTime"],
                      "properties": { "nominalStartTime": { "type": "string", "format": "date-time" }, "nominalEndTime": { "type": "string", "format": "date-time" } }
                    },
                    "errorMessage": { "$ref": "#/$defs/facet", "required": ["message", "programmingLanguage"], "properties": { "message": { "type": "string" } } },
                    "parent": {
                      "$ref": "#/$defs/facet", "required": ["run", "job"],
                      "properties": {
                        "run": { "required": ["runId"], "properties": { "runId": { "type": "string", "format": "uuid" } } },
                        "job": { "required": ["namespace", "name"] }
                      }
                    }
                  }
                }
              }
            },
            "job": {
              "type": "object",
              "required": ["namespace", "name"],
              "properties": {
                "namespace": { "type": "string" },
                "name": { "type": "string" },
                "facets": {
                  "type": "object",
                  "additionalProperties": false,
                  "properties": {
                    "jobType": { "$ref": "#/$defs/facet", "required": ["processingType", "integration"], "properties": { "processingType": { "enum": ["BATCH", "STREAMING"] } } },
                    "documentation": { "$ref": "#/$defs/facet", "required": ["description"] },
                    "ownership": { "$ref": "#/$defs/facet", "properties": { "owners": { "$ref": "#/$defs/owners" } } }
                  }
                }
              }
            },
            "fields": {
              "type": "array",
              "items": {
                "type": "object", "required": ["name"],
                "properties": { "name": { "type": "string" }, "type": { "type": "string" }, "fields": { "$ref": "#/$defs/fields" } }
              }
            },
            "dataset": {
              "type": "object",
              "required": ["namespace", "name"],
              "properties": {
                "namespace": { "type": "string" },
                "name": { "type": "string" },
                "facets": {
                  "type": "object",
                  "additionalProperties": false,
                  "properties": {
                    "schema": { "$ref": "#/$defs/facet", "properties": { "fields": { "$ref": "#/$defs/fields" } } },
                    "storage": { "$ref": "#/$defs/facet", "required": ["storageLayer"] },
                    "documentation": { "$ref": "#/$defs/facet", "required": ["description"] },
                    "ownership": { "$ref": "#/$defs/facet", "properties": { "owners": { "$ref": "#/$defs/owners" } } },
                    "version": { "$ref": "#/$defs/facet", "required": ["datasetVersion"], "properties": { "datasetVersion": { "type": "string" } } },
                    "dataQualityMetrics": {
                      "$ref": "#/$defs/facet", "required": ["columnMetrics"],
                      "properties": { "rowCount": { "$ref": "#/$defs/count" }, "bytes": { "$ref": "#/$defs/count" }, "fileCount": { "$ref": "#/$defs/count" }, "lastUpdated": { "type": "string", "format": "date-time" } }
                    },
                    "columnLineage": {
                      "$ref": "#/$defs/facet", "required": ["fields"],
                      "properties": {
                        "fields": {
                          "additionalProperties": {
                            "type": "object", "required": ["inputFields"],
                            "properties": {
                              "inputFields": {
                                "type": "array",
                                "items": {
                                  "type": "object", "required": ["namespace", "name", "field"],
                                  "properties": {
                                    "transformations": {
                                      "type": "array",
                                      "items": { "type": "object", "required": ["type"], "properties": { "type": { "enum": ["DIRECT", "INDIRECT"] }, "masking": { "type": "boolean" } } }
                                    }
                                  }
                                }
                              }
                            }
                          }
                        }
                      }
                    }
                  }
                }
              }
            },
            "input": {
              "$ref": "#/$defs/dataset",
              "properties": {
                "inputFacets": {
                  "type": "object",
                  "additionalProperties": false,
                  "properties": {
                    "dataQualityAssertions": {
                      "$ref": "#/$defs/facet", "required": ["assertions"],
                      "properties": { "assertions": { "type": "array", "items": { "type": "object", "required": ["assertion", "success"], "properties": { "success": { "type": "boolean" } } } } }
                    }
                  }
                }
              }
            },
            "output": {
              "$ref": "#/$defs/dataset",
              "properties": {
                "outputFacets": {
                  "type": "object",
                  "additionalProperties": false,
                  "properties": {
                    "outputStatistics": {
                      "$ref": "#/$defs/facet",
                      "properties": { "rowCount": { "$ref": "#/$defs/count" }, "size": { "$ref": "#/$defs/count" }, "fileCount": { "$ref": "#/$defs/count" } }
                    }
                  }
                }
              }
            }
          }
        }
        """;
}
