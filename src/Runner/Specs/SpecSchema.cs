using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AeVae.Runner.Specs;

/// <summary>The experiment format as JSON Schema, draft 7, for editors and validators.</summary>
static class SpecSchema
{
    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text of experiments/experiment.schema.json.</summary>
    public static string Json()
    {
        var schema = Mapping(SpecKeys.Root, isFile: true);
        schema.Insert(0, "$schema", "http://json-schema.org/draft-07/schema#");
        schema.Insert(1, "title", "AeVae experiment");
        return schema.ToJsonString(Indented) + "\n";
    }

    /// <summary>The schema of one key.</summary>
    public static JsonObject Property(SpecKey key)
    {
        var value = key.IsList ? List(key) : One(key);
        var schema = new JsonObject { ["description"] = Description(key) };
        // Keys beside oneOf and enum apply together with them, so null needs an alternative of its own.
        if (key.IsNullable)
            schema["oneOf"] = new JsonArray(value, new JsonObject { ["type"] = "null" });
        else
        {
            foreach (var (name, part) in value.ToList())
            {
                value.Remove(name);
                schema[name] = part;
            }
        }
        if (Default(key) is { } text)
            schema["default"] = JsonNode.Parse(text);
        return schema;
    }

    static JsonObject One(SpecKey key) => key.Kind switch
    {
        KeyKind.Section => Mapping(key, isFile: false),
        KeyKind.Choice => new() { ["oneOf"] = new JsonArray(Enumeration(key.Child("type")!.Words), Mapping(key, isFile: false)) },
        KeyKind.Integer => Bounded("integer", key),
        KeyKind.Number => Bounded("number", key),
        KeyKind.Boolean => new() { ["type"] = "boolean" },
        KeyKind.Text => key.Pattern is { } pattern ? new() { ["type"] = "string", ["pattern"] = pattern } : new() { ["type"] = "string" },
        KeyKind.Word => Enumeration(key.Words),
        _ => new() { ["oneOf"] = new JsonArray(Bounded("integer", key), Enumeration(["test"])) },
    };

    /// <summary>The schema of a mapping; a file also has what no section has.</summary>
    public static JsonObject Mapping(SpecKey section, bool isFile)
    {
        var properties = new JsonObject();
        if (isFile)
            properties["extends"] = new JsonObject { ["description"] = Extends, ["type"] = "string" };
        foreach (var key in section.Children)
            properties[key.Name] = Property(key);

        // What is required may stand in the file that this one extends, so only a file that stands alone must have it.
        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        if (isFile)
        {
            SweepSchema.AddTo(properties);
            var alone = new JsonObject { ["required"] = Names(section.Children.Where(child => child.Children.Any(key => key.IsRequired))) };
            alone["properties"] = new JsonObject(section.Children.Where(child => child.Children.Any(key => key.IsRequired)).Select(child =>
                KeyValuePair.Create<string, JsonNode?>(child.Name, new JsonObject { ["required"] = Names(child.Children.Where(key => key.IsRequired)) })));
            // Variants and swept values may give it as well.
            schema["if"] = new JsonObject { ["not"] = new JsonObject { ["anyOf"] = new JsonArray([.. Elsewhere.Select(name => new JsonObject { ["required"] = new JsonArray(name) })]) } };
            schema["then"] = alone;
        }
        return schema;
    }

    static readonly string[] Elsewhere = ["extends", "variants", "sweep"];

    internal const string Extends = "Path of another experiment file, relative to this one, whose keys hold where this file says nothing; mappings merge, lists are replaced, name and description are not inherited.";

    static JsonObject List(SpecKey key)
    {
        var schema = new JsonObject { ["type"] = "array", ["items"] = One(key) };
        if (key.Length is { } length)
            (schema["minItems"], schema["maxItems"]) = (length, length);
        return schema;
    }

    static JsonObject Bounded(string type, SpecKey key)
    {
        var schema = new JsonObject { ["type"] = type };
        if (key.Minimum is { } minimum)
            schema["minimum"] = JsonNode.Parse(Canonical.Number(minimum));
        if ((key.Maximum ?? (type == "integer" ? int.MaxValue : null)) is { } maximum)
            schema["maximum"] = JsonNode.Parse(Canonical.Number(maximum));
        return schema;
    }

    static JsonObject Enumeration(IEnumerable<string> words) => new() { ["enum"] = Array(words) };

    static JsonArray Names(IEnumerable<SpecKey> keys) => Array(keys.Select(key => key.Name));

    static JsonArray Array(IEnumerable<string> words) => new([.. words.Select(word => (JsonNode?)word)]);

    static string Description(SpecKey key) => $"{key.Description}{Applicability.Note(key.Path)}";

    static string? Default(SpecKey key) => key.DefaultText is "" or null ? null : key.DefaultText;
}
