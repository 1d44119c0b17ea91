using System.CommandLine;
using AeVae.Runner.Diffing;
using AeVae.Runner.Execution;
using AeVae.Runner.Invocation;
using AeVae.Runner.Specs;
using AeVae.Runner.Views;
using AeVae.Tracking;

namespace AeVae.Runner.Commands;

/// <summary><c>runner diff A B</c>: what two runs do not have in common.</summary>
static class DiffCommand
{
    /// <summary>The command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        Argument<string> a = new("A") { Description = RunArgument.Description };
        Argument<string> b = new("B") { Description = "The other run, in the same ways" };
        Option<string?> only = new("--only") { Description = $"Compare these parts alone, separated by commas: {Parts}", HelpName = "PARTS" };
        only.Validators.Add(result =>
        {
            foreach (string word in Words(result.Tokens is [var token] ? token.Value : "").Where(word => PartOf(word) is null))
                result.AddError($"--only is '{word}', but the parts are {Parts}.");
        });
        Option<bool> patch = new("--patch") { Description = "Also print the changes that were not committed, where they differ" };
        Command command = new("diff", "Show what two runs differ in; exit code 0: nothing, 1: something (clock times and ids never count)") { a, b, only, patch };
        command.SetAction(parsed => Diff(
            globals.Read(parsed),
            parsed.GetRequiredValue(a),
            parsed.GetRequiredValue(b),
            parsed.GetValue(only) is { } words ? [.. Words(words).Select(word => PartOf(word)!.Value)] : Enum.GetValues<DiffPart>(),
            parsed.GetValue(patch)));
        return command;
    }

    static string Parts => string.Join(", ", Enum.GetValues<DiffPart>().Select(part => Canonical.Word(part)));

    static string[] Words(string text) => text.Split(',', StringSplitOptions.TrimEntries);

    static DiffPart? PartOf(string word) => Enum.GetValues<DiffPart>().Where(part => Canonical.Word(part) == word).Cast<DiffPart?>().FirstOrDefault();

    static int Diff(Globals globals, string selectorOfA, string selectorOfB, IReadOnlyCollection<DiffPart> parts, bool showsPatch)
    {
        using RunQueries queries = DatabaseFile.Open(globals);
        string a = RunArgument.Resolve(globals, queries, selectorOfA, "is compared"), b = RunArgument.Resolve(globals, queries, selectorOfB, "is compared");
        if (a == b)
            throw new CommandException(ExitCodes.UserError, $"'{selectorOfA}' and '{selectorOfB}' are the same run, {a}. Name two: {globals.Command("list")} shows what there is.");
        RunDiff comparison = RunDiff.Of(StoredRun.Read(queries, a), StoredRun.Read(queries, b), queries.GetEpoch, parts);
        if (globals.Json)
            DiffJson.Write(globals.Output, comparison, showsPatch);
        else if (!globals.Quiet)
            new DiffPage(globals, showsPatch).Write(comparison);
        if (comparison.Sections.OfType<ResultSection>().Any(results => !results.IsSame) && !queries.MinimiseTheSame([a, b], "validation"))
            globals.Note("these runs minimise different losses, or on different images: a lower loss does not mean a better model. bce and mse have one unit in both, and only on the same images.");
        return comparison.IsSame ? ExitCodes.Ok : ExitCodes.Different;
    }
}
