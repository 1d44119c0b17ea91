using System.Globalization;
using System.Text.Json;
using AeVae.Tracking;

namespace AeVae.Reports.Exports;

/// <summary>The configuration of a run by its dotted keys, with values of their type.</summary>
static class TypedSettings
{
    const double FirstRoundedInteger = 1L << 53;

    /// <summary>Doubles, truths and text; lists, and integers that a double may round, are text as they stand in JSON. Keys without a value are left out.</summary>
    public static IReadOnlyDictionary<string, object> Of(RunDetail run)
    {
        using JsonDocument configuration = JsonDocument.Parse(run.Experiment.ConfigJson);
        Dictionary<string, object> settings = [];
        foreach ((string key, string text) in run.Parameters)
        {
            if ((IsText(configuration.RootElement, key) ? text : Value(text)) is { } value)
                settings[key] = value;
        }

        return settings;
    }

    static object? Value(string text) => text switch
    {
        "null" => null,
        "true" => true,
        "false" => false,
        _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && Math.Abs(number) < FirstRoundedInteger => number,
        _ => text,
    };

    // A path may look like a number.
    static bool IsText(JsonElement section, string key)
    {
        foreach (string name in key.Split('.'))
        {
            if (section.ValueKind != JsonValueKind.Object || !section.TryGetProperty(name, out section))
                return false;
        }

        return section.ValueKind == JsonValueKind.String;
    }
}
