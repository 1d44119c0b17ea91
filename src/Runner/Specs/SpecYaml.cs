using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AeVae.Runner.Specs;

/// <summary>A stored configuration as an experiment file: every key, a section in a block of its own.</summary>
static partial class SpecYaml
{
    /// <summary>The text; a file is named by itself, so that the name is left out.</summary>
    /// <param name="configJson">A resolved configuration as canonical JSON.</param>
    /// <param name="description">What it asks, which is no part of the configuration; null for nothing.</param>
    public static string Of(string configJson, string? description = null)
    {
        StringBuilder text = new();
        if (description is not null)
            Write(text, indent: 0, "description", JsonValue.Create(description));
        foreach ((string key, JsonNode? value) in JsonNode.Parse(configJson)!.AsObject().Where(entry => entry.Key != "name"))
            Write(text, indent: 0, key, value);
        return text.ToString();
    }

    static void Write(StringBuilder text, int indent, string key, JsonNode? value)
    {
        text.Append(' ', indent).Append(key).Append(':');
        if (value is not JsonObject section)
        {
            text.Append(' ').Append(Scalar(value)).Append('\n');
            return;
        }

        text.Append('\n');
        foreach ((string inner, JsonNode? one) in section)
            Write(text, indent + 2, inner, one);
    }

    // JSON is YAML, but for what need not be quoted.
    static string Scalar(JsonNode? value) =>
        value is null ? "null" : value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() is var word && Plain().IsMatch(word) && !ScalarText.IsTyped(word) && word != "null" ? word : value.ToJsonString();

    [GeneratedRegex("^[a-z][a-z0-9_.]*$")]
    private static partial Regex Plain();
}
