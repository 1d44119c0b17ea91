using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AeVae.Models.Optimizers;

namespace AeVae.Models.Checkpoints;

/// <summary>The <c>__metadata__</c> of a checkpoint: every value that is no tensor, as a string.</summary>
static class CheckpointMetadata
{
    const string Format = "aevae-checkpoint-2";
    const string Collapsed = "posterior_collapsed";
    const string OwnDigest = "metadata_sha256";   // of the other entries, so that every byte of the file is under some digest

    public static SortedDictionary<string, string> Of(Checkpoint checkpoint, string configSha256)
    {
        var metadata = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["format"] = Format,
            ["epoch"] = checkpoint.Epoch.ToString(CultureInfo.InvariantCulture),
            ["config_sha256"] = configSha256,
            ["parameters_sha256"] = checkpoint.ParametersSha256,
            ["optimizer_sha256"] = checkpoint.OptimizerSha256,
        };
        foreach ((string name, double value) in checkpoint.Scalars) metadata[name] = Text(value);
        if (checkpoint.EarlyStop is { } stop)
        {
            metadata["early_stop.waited"] = stop.Waited.ToString(CultureInfo.InvariantCulture);
            if (stop.Best is { } best) metadata["early_stop.best"] = Text(best);
        }

        if (checkpoint.CollapsedEvaluations > 0) metadata[Collapsed] = checkpoint.CollapsedEvaluations.ToString(CultureInfo.InvariantCulture);
        metadata[OwnDigest] = Sha256(metadata);
        return metadata;
    }

    /// <exception cref="InvalidDataException">They are of no checkpoint, or were changed.</exception>
    public static int Epoch(string path, IReadOnlyDictionary<string, string> metadata) => Guard(path, metadata, () => Epoch(metadata));

    /// <exception cref="InvalidDataException">They are of no checkpoint, or were changed, or the tensors were.</exception>
    public static Checkpoint Read(string path, IReadOnlyList<StoredTensor> tensors, IReadOnlyDictionary<string, string> metadata) => Guard(path, metadata, () =>
    {
        Dictionary<string, double> scalars = metadata.Where(m => m.Key.StartsWith(OptimizerCatalogue.Prefix, StringComparison.Ordinal))
            .ToDictionary(m => m.Key, m => Number(m.Value));
        EarlyStopState? stop = metadata.TryGetValue("early_stop.waited", out string? waited)
            ? new(metadata.TryGetValue("early_stop.best", out string? best) ? Number(best) : null, int.Parse(waited, CultureInfo.InvariantCulture))
            : null;
        int collapsed = metadata.GetValueOrDefault(Collapsed) switch
        {
            null => 0,
            "true" => PosteriorCollapse.EvaluationsBeforeWarning,   // as it was written when one was enough
            var count => int.Parse(count, CultureInfo.InvariantCulture),
        };
        var checkpoint = new Checkpoint(Epoch(metadata), tensors, scalars, stop, collapsed, metadata["config_sha256"]);
        return checkpoint.ParametersSha256 == metadata["parameters_sha256"] && checkpoint.OptimizerSha256 == metadata["optimizer_sha256"] ? checkpoint : throw Damaged(path);
    });

    static T Guard<T>(string path, IReadOnlyDictionary<string, string> metadata, Func<T> read)
    {
        if (metadata.GetValueOrDefault("format") is not Format)
            throw new InvalidDataException($"{path} is a safetensors file but no checkpoint of this AeVae: its format is '{metadata.GetValueOrDefault("format")}', not '{Format}'.");
        try
        {
            return Sha256(metadata) == metadata[OwnDigest] ? read() : throw Damaged(path);
        }
        catch (Exception e) when (e is FormatException or OverflowException or KeyNotFoundException)
        {
            throw new InvalidDataException($"{path} is damaged: {e.Message} Use another checkpoint.", e);
        }
    }

    static InvalidDataException Damaged(string path) => new($"{path} is damaged: its content does not have the digests that were stored with it. Use another checkpoint.");

    static int Epoch(IReadOnlyDictionary<string, string> metadata) => int.Parse(metadata["epoch"], CultureInfo.InvariantCulture);

    static string Sha256(IReadOnlyDictionary<string, string> metadata) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Concat(metadata.Where(m => m.Key != OwnDigest).OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"{m.Key}={m.Value}\n")))));

    // "R" is the shortest text that reads back as the same double.
    static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
