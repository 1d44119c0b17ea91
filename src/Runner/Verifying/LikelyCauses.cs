using System.Globalization;
using AeVae.Tracking;
using AeVae.Tracking.Code;

namespace AeVae.Runner.Verifying;

/// <summary>Why a run may not have the bits that it is said to have: sentences for people, most likely first.</summary>
static class LikelyCauses
{
    const int NamedAtMost = 5;

    /// <summary>The causes; empty when nothing differs.</summary>
    public static IReadOnlyList<string> Of(Evidence evidence)
    {
        if (evidence.First is null)
            return [];
        // What was wrong before the first step explains the bits; a summary only repeats them.
        Difference[] decisive = [.. evidence.Inputs.Where(input => input.Kind is DifferenceKind.Data or DifferenceKind.Configuration)];
        List<string> causes = [.. OfInputs(decisive)];
        bool edited = EditedNumbers.Explain(evidence) is { } edit && Add(edit);
        if (evidence.Run.Run.TaintedReason is { } tainted && evidence.Differences.Count > 0 && !edited)
            Add($"The code or the data changed under the stored run: {tainted}.");
        if (!edited && Resumed(evidence) is { } resumed)
            Add(resumed);
        if (!edited && Divergence.Explain(evidence) is { } divergence)
            Add(divergence);
        // That the stored run was edited is said above, and where.
        causes.AddRange(OfInputs([.. evidence.Inputs.Except(decisive).Where(input => !(edited && SealCheck.IsSeal(input)))]));
        if (evidence is { IsSealBroken: true, Unknown.Count: > 0 })
            Add($"It has no {ListOf(evidence.Unknown)}: removed, or new in this program.");
        if (evidence.Differences.Count == 0)
            return causes;

        // Numbers that contradict each other come from no machine; the evaluation may have been changed.
        string? code = ProvenanceChanges.Code(evidence.Run.Provenance, evidence.Here), machine = edited ? null : ProvenanceChanges.Machine(evidence.Run.Provenance, evidence.Here);
        causes.AddRange(new[] { code, machine }.OfType<string>());
        if (code is null && machine is null && decisive.Length == 0 && !edited)
            causes.Add("The code, the machine and the data are those of the stored run. Verify again: if it then differs elsewhere, suspect this machine's memory or processor.");
        return causes;

        bool Add(string cause)
        {
            causes.Add(cause);
            return true;
        }
    }

    /// <summary>What is wrong with the inputs, a sentence each; of many alike only the first.</summary>
    public static IReadOnlyList<string> OfInputs(IReadOnlyList<Difference> inputs) =>
    [
        // Many summaries must not hide the seal; those of one metric tell the same.
        .. from kind in inputs.GroupBy(input => (input.Kind, SealCheck.IsSeal(input), Metric: input.Kind == DifferenceKind.Summary ? input.Name?.Split(' ')[^1] : null))
           let most = kind.Key.Metric is null ? NamedAtMost : 1
           let more = kind.Count() - most
           from sentence in kind.Take(most).Select(OfInput).Concat(more > 0 ? [$"{more} more of this kind."] : Array.Empty<string>())
           select sentence,
    ];

    static string ListOf(IReadOnlyList<string> names) =>
        string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", names.Take(NamedAtMost))}{(names.Count > NamedAtMost ? $" and {names.Count - NamedAtMost} more" : "")}");

    static string? Resumed(Evidence evidence)
    {
        if (evidence.Run.Resumptions.LastOrDefault(resumption => resumption.Epoch == evidence.Epoch - 1) is not { } resumption)
            return null;
        string at = resumption.GitCommit is { } commit ? $" at commit {ShortHash.Of(commit)}" : "";
        string from = resumption.Epoch == 0 ? "began anew" : string.Create(CultureInfo.InvariantCulture, $"went on from the checkpoint of epoch {resumption.Epoch}");
        return string.Create(CultureInfo.InvariantCulture, $"The stored run had stopped and {from} on {resumption.ResumedAt:yyyy-MM-dd}{at}, just where it differs: another state or other code may have been loaded.");
    }

    static string OfInput(Difference input) => input switch
    {
        { Kind: DifferenceKind.Data, Computed: null } => $"The data changed: {input.Name}, from which the run was made, is no longer part of the data set.",
        { Kind: DifferenceKind.Data, Stored: null } => $"The data changed: {input.Name} was no part of the data set when the run was made.",
        { Kind: DifferenceKind.Data } => $"The data changed: {input.Name} has SHA-256 {input.Computed} now; the run was made from {input.Stored}.",
        { Kind: DifferenceKind.Configuration, Name: ConfigurationCheck.Digest } =>
            $"The stored configuration was edited: its SHA-256 is {input.Computed}, but {input.Stored} is stored with it (experiment.config_json and config_sha256).",
        { Kind: DifferenceKind.Configuration, Name: ['r', 'u', 'n', '.', ..] } =>
            $"The stored run contradicts its configuration, so one of them was edited: {input.Name} is {input.Stored ?? "missing"}, and {input.Computed ?? "missing"} by experiment.config_json.",
        { Kind: DifferenceKind.Configuration } =>
            $"The stored configuration contradicts itself, so it was edited: {input.Name} is {input.Computed ?? "missing"} where it is executed (experiment.config_json) and {input.Stored ?? "missing"} where it is shown (run_param).",
        { Kind: DifferenceKind.Summary, Name: HistoryCheck.EpochsDone } =>
            $"The stored run was edited: it says that it has {input.Stored} epochs, the last that is there is {input.Computed} (run.epochs_done and epoch).",
        _ when SealCheck.ArtifactOf(input) is { } artifact =>
            $"The stored artifact was edited: the bytes of {artifact} have SHA-256 {input.Computed}, but {input.Stored} is stored with them (artifact.content and sha256).",
        _ when SealCheck.IsSeal(input) =>
            $"The stored run was changed after it was completed: its epochs, tensors, metrics and artifacts have SHA-256 {input.Computed}, it was sealed with {input.Stored} (run.seal_sha256).",
        { Kind: DifferenceKind.Summary } =>
            $"The stored summary and history contradict each other, so one of them was edited: `list` and `show` say {input.Name} = {input.Stored ?? "nothing"}, the history says {input.Computed ?? "nothing"} (metric_summary and metric).",
        _ when input.Name!.StartsWith("test.", StringComparison.Ordinal) =>
            $"The stored history was edited: {input.Name} is stored, but test images are measured once, with the weights of another.",
        _ => $"The stored history was edited: {input.Name} is stored for an epoch that the run does not have.",
    };
}
