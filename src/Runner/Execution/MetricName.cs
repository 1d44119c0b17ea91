using AeVae.Models;

namespace AeVae.Runner.Execution;

/// <summary>Metrics as people write them: <c>val.loss</c>.</summary>
static class MetricName
{
    /// <summary>Takes <c>split.name</c> apart; <c>val</c> means validation.</summary>
    /// <exception cref="FormatException">There is no such split.</exception>
    public static (Split Split, string Name) Parse(string text)
    {
        int dot = text.IndexOf('.', StringComparison.Ordinal);
        return (dot < 0 ? "" : text[..dot]) switch
        {
            "train" => (Split.Train, text[(dot + 1)..]),
            "val" or "validation" => (Split.Validation, text[(dot + 1)..]),
            "test" => (Split.Test, text[(dot + 1)..]),
            _ => throw new FormatException($"'{text}' is no metric. Write split.name with train, val or test: val.loss"),
        };
    }

    /// <summary>The split as it is stored.</summary>
    public static string Stored(Split split) => split switch
    {
        Split.Train => "train",
        Split.Validation => "validation",
        _ => "test",
    };
}
