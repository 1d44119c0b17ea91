using System.Collections;
using System.Globalization;
using System.Text.Json;
using AeVae.Data;
using AeVae.Data.Catalogue;
using AeVae.Models;
using AeVae.Runner.Invocation;
using AeVae.Tracking;
using AeVae.Tracking.Code;

namespace AeVae.Runner.Specs;

/// <summary>The experiment with every default written out, as canonical JSON: what is hashed, stored and verified.</summary>
/// <remarks>
/// One text per experiment: keys in the order of the records, every default present, keys without a meaning here (<see cref="Applicability"/>)
/// absent, shortest numbers. The description is left out: rewording it does not make another experiment. So is <c>eval.weights: last</c>, by which nothing changes:
/// the experiments of before there was the key keep their hashes.
/// </remarks>
static class ResolvedConfig
{
    /// <summary>Compact JSON in fixed key order.</summary>
    public static string ToJson(ExperimentSpec spec)
    {
        spec = Resolve(spec);
        return ValueToJson(SpecKeys.Root, spec, path => path != "description" && (path != "eval.weights" || spec.Eval.Weights != EvaluatedWeights.Last) && Applicability.Of(path, spec));
    }

    /// <summary>The value of one key, alone.</summary>
    public static string ValueToJson(SpecKey key, object? value) => ValueToJson(key, value, _ => true);

    /// <summary>SHA-256 of the UTF-8 bytes, lower-case hexadecimal.</summary>
    public static string Sha256(string json) => TextSha256.Of(json);

    /// <summary>The experiment that <see cref="ToJson"/> wrote, without its description.</summary>
    /// <exception cref="FormatException">The text is not a resolved configuration.</exception>
    public static ExperimentSpec FromJson(string json)
    {
        // JSON is YAML, so the one reader serves for both.
        var result = SpecReader.ReadText("configuration", json);
        return result.Spec ?? throw new FormatException(string.Join('\n', result.Problems));
    }

    /// <summary>The experiment of a stored configuration.</summary>
    /// <param name="json">The configuration.</param>
    /// <param name="sha256">The digest that is stored with it.</param>
    /// <param name="whose">Whose it is: <c>run 261128-080746-4sjn</c>.</param>
    /// <param name="remedy">What to do instead, as a sentence.</param>
    /// <exception cref="CommandException">This program does not understand it.</exception>
    public static ExperimentSpec FromStored(string json, string sha256, string whose, string remedy)
    {
        try
        {
            return FromJson(json);
        }
        catch (FormatException e)
        {
            string why = Sha256(json) == sha256 ? "is not one of this program" : "was edited, since its SHA-256 is not the one that is stored with it, and is not one of this program";
            throw new CommandException(ExitCodes.UserError, $"the stored configuration of {whose} {why}: {e.Message}\n{remedy}");
        }
    }

    /// <summary>The experiment that a run executed.</summary>
    /// <exception cref="CommandException">This program does not understand it.</exception>
    public static ExperimentSpec OfRun(RunDetail run) => FromStored(run.Experiment.ConfigJson, run.Experiment.ConfigSha256, $"run {run.Run.Id}", ProgramOf(run));

    /// <summary>What to do where this program is not that of a run, as a sentence.</summary>
    public static string ProgramOf(RunDetail run) =>
        run.Provenance?.GitCommit is { } commit ? $"Use the program that made it: git checkout {ShortHash.Of(commit)}." : "Use the program that made it.";

    /// <summary>Every leaf with its dotted key, in the order of the text: (<c>train.epochs</c>, <c>50</c>); lists as JSON, null as <c>null</c>.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Flatten(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. Leaves("", document.RootElement)];
    }

    /// <summary>Writes out the defaults that depend on other keys.</summary>
    public static ExperimentSpec Resolve(ExperimentSpec spec)
    {
        var optimizer = spec.Train.Optimizer;
        return spec with
        {
            Data = DatasetCatalogue.Find(spec.Data.Dataset) is { } dataset ? spec.Data with { Validation = spec.Data.ValidationOf(dataset) } : spec.Data,
            Model = spec.Model with { Decoder = spec.Model.DecoderWidths },
            Train = spec.Train with { Optimizer = optimizer with { WeightDecay = optimizer.Decay } },
        };
    }

    static string ValueToJson(SpecKey key, object? value, Func<string, bool> includes) => value switch
    {
        null => "null",
        string text => JsonSerializer.Serialize(text),
        bool truth => truth ? "true" : "false",
        double number => Canonical.Number(number),
        int or ulong => string.Create(CultureInfo.InvariantCulture, $"{value}"),
        Enum word => $"\"{Canonical.Word(word)}\"",
        ValidationSource { Images: { } images } => images.ToString(CultureInfo.InvariantCulture),
        ValidationSource => "\"test\"",
        IEnumerable items => $"[{string.Join(',', items.Cast<object>().Select(item => ValueToJson(key, item, includes)))}]",
        _ => $"{{{string.Join(',', key.Children.Where(child => includes(child.Path)).Select(child => $"\"{child.Name}\":{ValueToJson(child, child.Property!.GetValue(value), includes)}"))}}}",
    };

    static IEnumerable<KeyValuePair<string, string>> Leaves(string path, JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Leaves(path.Length == 0 ? member.Name : $"{path}.{member.Name}", member.Value)),
        JsonValueKind.String => [new(path, element.GetString()!)],
        _ => [new(path, element.GetRawText())],
    };
}
