using System.Text.Json.Nodes;

namespace AeVae.Runner.Specs;

/// <summary>Variants, sweep and claims in the JSON Schema.</summary>
static class SweepSchema
{
    /// <summary>Adds the sections to the properties of a file.</summary>
    public static void AddTo(JsonObject properties)
    {
        var variant = new JsonObject(properties.Where(property => SpecKeys.Root.Child(property.Key) is { } key && key.Path is not ("name" or "description"))
            .Select(property => KeyValuePair.Create<string, JsonNode?>(property.Key, new JsonObject { ["$ref"] = $"#/properties/{property.Key}" })));
        properties["variants"] = Described("variants", new()
        {
            ["type"] = Types("object", "null"),
            ["additionalProperties"] = new JsonObject { ["type"] = Types("object", "null"), ["properties"] = variant, ["additionalProperties"] = false },
        });
        properties["sweep"] = Sweep();
        properties["claims"] = Described("claims", List(new()
        {
            ["type"] = "object",
            ["properties"] = new JsonObject { ["text"] = new JsonObject { ["type"] = "string" }, ["check"] = new JsonObject { ["type"] = "string" } },
            ["required"] = new JsonArray("text", "check"),
            ["additionalProperties"] = false,
        }));
    }

    static JsonObject Sweep()
    {
        var schema = SpecSchema.Property(SweepKeys.Sweep);
        schema["type"] = Types("object", "null");
        var properties = (JsonObject)schema["properties"]!;
        var parameter = SpecSchema.Mapping(SweepKeys.Parameter("KEY"), isFile: false);
        ((JsonObject)parameter["properties"]!)["values"] = Described("sweep.parameters.KEY.values", List(null));
        properties["parameters"] = Described("sweep.parameters", new()
        {
            ["type"] = "object",
            ["propertyNames"] = new JsonObject { ["enum"] = new JsonArray([.. Keys.Select(key => (JsonNode?)key)]) },
            ["additionalProperties"] = new JsonObject { ["oneOf"] = new JsonArray(List(null), parameter) },
        });
        properties["zip"] = Described("sweep.zip", List(List(Key())));
        foreach (string name in (string[])["exclude", "include"])
            properties[name] = Described($"sweep.{name}", List(Pattern()));
        properties["baseline"] = Described("sweep.baseline", new() { ["oneOf"] = new JsonArray(new JsonObject { ["type"] = "string" }, Pattern()) });
        return schema;
    }

    static IEnumerable<string> Keys => SpecKeys.All.Select(key => key.Path).Where(path => SweepKeys.Defect(path) is null);

    static JsonObject Pattern() => new()
    {
        ["type"] = "object",
        ["propertyNames"] = new JsonObject { ["oneOf"] = new JsonArray(Key(), new JsonObject { ["enum"] = new JsonArray("variant") }) },
    };

    static JsonObject Key() => new() { ["$ref"] = "#/properties/sweep/properties/parameters/propertyNames" };

    static JsonObject List(JsonObject? items) => items is null ? new() { ["type"] = "array", ["minItems"] = 1 } : new() { ["type"] = "array", ["items"] = items };

    static JsonArray Types(params string[] names) => new([.. names.Select(name => (JsonNode?)name)]);

    static JsonObject Described(string path, JsonObject schema)
    {
        schema.Insert(0, "description", SweepKeys.Described.First(key => key.Path == path).Meaning);
        return schema;
    }
}
