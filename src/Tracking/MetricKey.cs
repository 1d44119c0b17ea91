using System.Text.Json.Serialization;

namespace AeVae.Tracking;

/// <summary>A metric as people write it: <c>val.loss</c> is loss in the validation split.</summary>
/// <param name="Split"><c>train</c>, <c>validation</c> or <c>test</c>.</param>
/// <param name="Name">The metric.</param>
public sealed record MetricKey(string Split, string Name)
{
    /// <summary>As verification names it: <c>validation.loss</c>.</summary>
    public string FullName => $"{Split}.{Name}";

    static readonly string[] Splits = ["train", "validation", "test"];

    /// <summary>Place of a split in lists: training, validation, test.</summary>
    public static int PlaceOf(string split) => Array.IndexOf(Splits, split);

    /// <summary>The split as people write it: <c>val</c>.</summary>
    [JsonIgnore]
    public string ShortSplit => Split == "validation" ? "val" : Split;

    /// <summary>As people write it.</summary>
    public override string ToString() => $"{ShortSplit}.{Name}";

    /// <summary>What to say of a text that means no metric.</summary>
    /// <param name="text">The text.</param>
    /// <param name="names">Names of all metrics, without their split.</param>
    public static string Unknown(string text, IEnumerable<string> names)
    {
        string[] known = [.. names.Order(StringComparer.Ordinal)];
        string all = $"Write train.NAME, val.NAME or test.NAME; NAME is one of {string.Join(", ", known)}.";
        return known.Contains(text) ? $"'{text}' may be that of the training, validation or test images. {all}"
            : $"there is no metric '{text}'.{(Parse(text) is { } key ? NearestName.Hint(key.Name, known, $"{key.ShortSplit}.") : NearestName.Hint(text, known, "val."))} {all}";
    }

    /// <summary>Null when the text does not begin with a split.</summary>
    public static MetricKey? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int dot = text.IndexOf('.', StringComparison.Ordinal);
        string? split = dot < 0 ? null : text[..dot] switch
        {
            "val" or "validation" => "validation",
            "train" => "train",
            "test" => "test",
            _ => null,
        };
        return split is null ? null : new(split, text[(dot + 1)..]);
    }
}
