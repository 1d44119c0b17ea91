namespace AeVae.Tracking;

/// <summary>A metric as people write it: <c>val.loss</c> is loss in the validation split.</summary>
/// <param name="Split"><c>train</c>, <c>validation</c> or <c>test</c>.</param>
/// <param name="Name">The metric.</param>
public sealed record MetricKey(string Split, string Name)
{
    /// <summary>As verification names it: <c>validation.loss</c>.</summary>
    public string FullName => $"{Split}.{Name}";

    /// <summary>As people write it.</summary>
    public override string ToString() => $"{(Split == "validation" ? "val" : Split)}.{Name}";

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
