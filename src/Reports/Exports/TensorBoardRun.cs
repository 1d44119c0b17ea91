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

    /// <summary>The name that TensorBoard looks for. A run that is exported again has the same.</summary>
    public static string FileName(RunSummary run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return $"events.out.tfevents.{run.StartedAt.ToUnixTimeSeconds()}.{run.Id}";
    }

    /// <summary>Writes the file. Values are floats, as everywhere in TensorBoard; times are the begin of the run and, from there, the seconds of training.</summary>
    /// <returns>What is left out, a sentence each.</returns>
    public static IReadOnlyList<string> Write(RunQueries queries, string runId, Stream file)
    {
        ArgumentNullException.ThrowIfNull(queries);
        RunData run = RunData.Read(queries, runId);
        DateTimeOffset at = run.Run.StartedAt;
        EventFile events = new(file, at);
        events.Add(at, 0, [Start(run), Experiment(run)]);
        HashSet<string> described = [];
        ILookup<int, (MetricKey Key, double Value)> values = run.Series.Value.OrderBy(series => series.Key.ToString(), StringComparer.Ordinal)
            .SelectMany(series => series.Value.Select(point => (point.Epoch, series.Key, point.Value))).ToLookup(point => point.Epoch, point => (point.Key, point.Value));
        foreach ((int epoch, DateTimeOffset end) in run.EpochEnds)
        {
            at = end;
            events.Add(at, epoch, values[epoch].Select(metric => Scalar(run, metric.Key, (float)metric.Value, described)));
        }

        List<string> notes = [];
        events.Add(at, run.Detail.TestedEpoch ?? run.Run.EpochsDone, ImageSheet.Of(run, notes).Select(Image));
        if (run.Run.Status is RunStatus.Completed or RunStatus.Pruned or RunStatus.Failed or RunStatus.Crashed)
            events.Add(run.Run.FinishedAt ?? at, 0, [End(run, run.Run.FinishedAt ?? at)]);
        return notes;
    }

    // loss/val beside loss/train: what stands before the stroke is one section of the page.
    static ProtobufMessage Scalar(RunData run, MetricKey metric, float value, HashSet<string> described)
    {
        ProtobufMessage message = Value($"{metric.Name}/{metric.ShortSplit}").AddFloat(2, value);
        return described.Add(metric.FullName) ? message.Add(9, new ProtobufMessage().Add(3, Meaning(run, metric.Name))) : message;
    }

    static string Meaning(RunData run, string metric) =>
        $"{run.Unit(metric)}{(run.Definitions.GetValueOrDefault(metric) is { } definition ? $"; {definition.Reduction}. {definition.Description}" : "")}";

    static ProtobufMessage Image(ImageSheet sheet) =>
        Value(sheet.Name)
            .Add(4, new ProtobufMessage().AddInteger(1, sheet.Image.Height).AddInteger(2, sheet.Image.Width).AddInteger(3, sheet.Image.Channels).Add(4, StoredPng.Encode(sheet.Image)))
            .Add(9, new ProtobufMessage().Add(3, sheet.Description));

    static ProtobufMessage Experiment(RunData run)
    {
        string markdown = $"{run.Detail.Experiment.Description}\n\n```yaml\n{run.Detail.Experiment.YamlText.TrimEnd()}\n```\n";
        return Value("experiment").Add(8, new ProtobufMessage().AddInteger(1, Text).Add(2, Shape(1)).Add(8, markdown)).Add(9, Plugin("text", []));
    }

    static ProtobufMessage Start(RunData run)
    {
        ProtobufMessage session = new();
        foreach ((string key, object value) in TypedSettings.Of(run.Detail))
            session.Add(1, new ProtobufMessage().Add(1, key).Add(2, Hyperparameter(value)));
        return Session("session_start_info", new ProtobufMessage().Add(3, session.AddDouble(5, EventFile.Seconds(run.Run.StartedAt))));
    }

    static ProtobufMessage Hyperparameter(object value) => value switch
    {
        double number => new ProtobufMessage().AddDouble(2, number),
        bool truth => new ProtobufMessage().AddInteger(4, truth ? 1 : 0),
        _ => new ProtobufMessage().Add(3, (string)value),
    };

    static ProtobufMessage End(RunData run, DateTimeOffset at) =>
        Session("session_end_info", new ProtobufMessage().Add(4, new ProtobufMessage().AddInteger(1, run.Run.Status is RunStatus.Failed or RunStatus.Crashed ? Failed : Succeeded).AddDouble(2, EventFile.Seconds(at))));

    // What the plugin wants to know stands beside the value, which is an empty tensor.
    static ProtobufMessage Session(string tag, ProtobufMessage content) =>
        Value($"_hparams_/{tag}").Add(8, new ProtobufMessage().AddInteger(1, Float).Add(2, Shape(0))).Add(9, Plugin("hparams", content.ToArray()));

    static ProtobufMessage Value(string tag) => new ProtobufMessage().Add(1, tag);

    static ProtobufMessage Plugin(string name, ReadOnlySpan<byte> content) => new ProtobufMessage().Add(1, new ProtobufMessage().Add(1, name).Add(2, content));

    static ProtobufMessage Shape(int length) => new ProtobufMessage().Add(2, new ProtobufMessage().AddInteger(1, length));
}
