namespace AeVae.Models;

/// <summary>A metric as people write it: <c>split.name</c>, for example <c>val.loss</c>.</summary>
public static class MetricName
{
    /// <summary>Reads <c>train.NAME</c>, <c>val.NAME</c>, <c>validation.NAME</c> or <c>test.NAME</c>.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="key">Where it was written, for the message.</param>
    /// <exception cref="SettingsException">No such split or metric; the message names what is allowed.</exception>
    public static (Split Split, MetricDefinition Metric) Parse(string text, string key)
    {
        ArgumentNullException.ThrowIfNull(text);
        int dot = text.IndexOf('.', StringComparison.Ordinal);
        Split? split = (dot < 0 ? "" : text[..dot]) switch
        {
            "train" => Split.Train,
            "val" or "validation" => Split.Validation,
            "test" => Split.Test,
            _ => null,
        };
        if (split is null) throw new SettingsException($"{key}: '{text}' names no split. Write split.name with train, val or test, for example val.loss.");
        return (split.Value, Metrics.Find(text[(dot + 1)..])
            ?? throw new SettingsException($"{key}: no metric is called '{text[(dot + 1)..]}'. There are: {string.Join(", ", Metrics.All.Select(m => m.Name))}."));
    }
}
