using AeVae.Reports.Drawing;
using AeVae.Reports.Runs;
using AeVae.Tracking;

namespace AeVae.Reports.Exports;

/// <summary>A run as events of TensorBoard: its metrics by epoch with their units, images, the experiment file as text, and its configuration as hyperparameters.</summary>
/// <remarks>Fields are those of TensorBoard's <c>summary.proto</c>, <c>tensor.proto</c> and <c>plugin_data.proto</c> of its plugin for hyperparameters.</remarks>
public static class TensorBoardRun
{
    const int Float = 1, Text = 7;              // types of tensors
    const int Succeeded = 1, Failed = 2;        // how a session ended
    const int SamplesPerRow = 10;

    /// <summary>The name that TensorBoard looks for. A run that is exported again has the same.</summary>
    public static string FileName(RunSummary run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return $"events.out.tfevents.{run.StartedAt.ToUnixTimeSeconds()}.{run.Id}";
    }

    /// <summary>Writes the file. Values are floats, as everywhere in TensorBoard; times are the begin of the run and, from there, the seconds of training.</summary>
    public static void Write(RunQueries queries, string runId, Stream file)
    {
        ArgumentNullException.ThrowIfNull(queries);
        RunData run = RunData.Read(queries, runId);
        DateTimeOffset at = run.Run.StartedAt;
        EventFile events = new(file, at);
        events.Add(at, 0, [Start(run), Experiment(run)]);
        HashSet<string> described = [];
        ILookup<int, (MetricKey Key, double Value)> values = run.Series.Value.OrderBy(series => series.Key.ToString(), StringComparer.Ordinal)
            .SelectMany(series => series.Value.Select(point => (point.Epoch, series.Key, point.Value))).ToLookup(point => point.Epoch, point => (point.Key, point.Value));
        foreach (EpochSummary epoch in run.Detail.Epochs)
        {
            at += TimeSpan.FromSeconds(epoch.Seconds);
            events.Add(at, epoch.Epoch, values[epoch.Epoch].Select(metric => Scalar(run, metric.Key, (float)metric.Value, described)));
        }

        events.Add(at, run.Run.EpochsDone, Images(run));
        if (run.Run.Status is RunStatus.Completed or RunStatus.Pruned or RunStatus.Failed or RunStatus.Crashed)
            events.Add(run.Run.FinishedAt ?? at, 0, [End(run, run.Run.FinishedAt ?? at)]);
    }

    // loss/val beside loss/train: what stands before the stroke is one section of the page.
    static ProtobufMessage Scalar(RunData run, MetricKey metric, float value, HashSet<string> described)
    {
        string split = metric.ToString().Split('.')[0];
        ProtobufMessage message = Value($"{metric.Name}/{split}").Add(2, value);
        return described.Add(metric.FullName) ? message.Add(9, new ProtobufMessage().Add(3, Meaning(run, metric.Name))) : message;
    }

    static string Meaning(RunData run, string metric) =>
        $"{run.Unit(metric)}{(run.Definitions.GetValueOrDefault(metric) is { } definition ? $"; {definition.Reduction}. {definition.Description}" : "")}";

    static IEnumerable<ProtobufMessage> Images(RunData run)
    {
        if (StoredImages.Of(run, ArtifactNames.Originals) is { } originals && StoredImages.Of(run, ArtifactNames.Reconstructions) is { } reconstructions && originals.Length == reconstructions.Length)
            yield return Image("reconstructions", [.. originals, .. reconstructions], originals.Length, "Test images above what the model makes of them.");
        if (StoredImages.Of(run, ArtifactNames.Samples) is { } samples)
            yield return Image("samples", samples, SamplesPerRow, "Decoded from draws of N(0, I), none chosen by hand.");
    }

    static ProtobufMessage Image(string tag, RasterImage[] images, int perRow, string description)
    {
        RasterImage sheet = Sheet(images, perRow);
        return Value(tag)
            .Add(4, new ProtobufMessage().Add(1, (long)sheet.Height).Add(2, (long)sheet.Width).Add(3, (long)sheet.Channels).Add(4, StoredPng.Encode(sheet)))
            .Add(9, new ProtobufMessage().Add(3, description));
    }

    /// <summary>Images of one size side by side, row under row.</summary>
    static RasterImage Sheet(RasterImage[] images, int perRow)
    {
        (int width, int height, int channels) = (images[0].Width, images[0].Height, images[0].Channels);
        int columns = Math.Min(perRow, images.Length), rows = (images.Length + perRow - 1) / perRow, rowBytes = width * channels;
        byte[] pixels = new byte[rows * height * columns * rowBytes];
        for (int i = 0; i < images.Length; i++)
        {
            for (int y = 0; y < height; y++)
                images[i].Pixels.AsSpan(y * rowBytes, rowBytes).CopyTo(pixels.AsSpan(((i / perRow * height + y) * columns + i % perRow) * rowBytes));
        }

        return new RasterImage(pixels, columns * width, rows * height, channels);
    }

    static ProtobufMessage Experiment(RunData run)
    {
        string markdown = $"{run.Detail.Experiment.Description}\n\n```yaml\n{run.Detail.Experiment.YamlText.TrimEnd()}\n```\n";
        return Value("experiment").Add(8, new ProtobufMessage().Add(1, (long)Text).Add(2, Shape(1)).Add(8, markdown)).Add(9, Plugin("text", []));
    }

    static ProtobufMessage Start(RunData run)
    {
        ProtobufMessage session = new();
        foreach ((string key, string text) in run.Detail.Parameters)
        {
            if (RunTables.Setting(text) is { } value)
                session.Add(1, new ProtobufMessage().Add(1, key).Add(2, Hyperparameter(value)));
        }

        return Session("session_start_info", new ProtobufMessage().Add(3, session.Add(5, EventFile.Seconds(run.Run.StartedAt))));
    }

    static ProtobufMessage Hyperparameter(object value) => value switch
    {
        double number => new ProtobufMessage().Add(2, number),
        bool truth => new ProtobufMessage().Add(4, truth ? 1L : 0L),
        _ => new ProtobufMessage().Add(3, (string)value),
    };

    static ProtobufMessage End(RunData run, DateTimeOffset at) =>
        Session("session_end_info", new ProtobufMessage().Add(4, new ProtobufMessage().Add(1, (long)(run.Run.Status is RunStatus.Failed or RunStatus.Crashed ? Failed : Succeeded)).Add(2, EventFile.Seconds(at))));

    // What the plugin wants to know stands beside the value, which is an empty tensor.
    static ProtobufMessage Session(string tag, ProtobufMessage content) =>
        Value($"_hparams_/{tag}").Add(8, new ProtobufMessage().Add(1, (long)Float).Add(2, Shape(0))).Add(9, Plugin("hparams", content.ToArray()));

    static ProtobufMessage Value(string tag) => new ProtobufMessage().Add(1, tag);

    static ProtobufMessage Plugin(string name, ReadOnlySpan<byte> content) => new ProtobufMessage().Add(1, new ProtobufMessage().Add(1, name).Add(2, content));

    static ProtobufMessage Shape(int length) => new ProtobufMessage().Add(2, new ProtobufMessage().Add(1, (long)length));
}
