using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using AeVae.Reports;
using AeVae.Runner.Invocation;
using AeVae.Runner.Views;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Runner.Commands;

/// <summary><c>runner list</c>: what has been run.</summary>
static class ListCommand
{
    const string Seed = "seed";
    const string Started = "started";

    static readonly string[] AlwaysShown = ["name", "status", "epochs"];

    /// <summary>The command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        Argument<string[]> selectors = new("RUN") { Description = $"{RunArgument.SeveralDescription} [default: every run]", Arity = ArgumentArity.ZeroOrMore };
        Option<int> count = new("-n") { Description = "At most N runs", HelpName = "N", DefaultValueFactory = _ => 20 };
        count.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: { } text }] && int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int value) && value < 1)
                result.AddError($"-n is {value}, but a list has 1 run or more. Use --all for every run.");
        });
        Option<bool> all = new("--all") { Description = "Every run" };
        Option<string?> where = CommandOptions.NotEmpty(new("--filter", "-F") { Description = "Only runs of which this is true: \"val.loss<110 and learning_rate<=1e-3\"; = != < <= > >= or ~ (contains) between a column and a value, 'and' between conditions", HelpName = "CONDITIONS" });
        Option<string?> sort = new("--sort") { Description = "Sort by a column, '-' for falling: val.loss, -best.test.mse, train.learning_rate [default: newest first]", HelpName = "KEY" };
        Option<string?> columns = new("--columns") { Description = "Columns to show, separated by commas: metrics (val.loss, best.val.loss), keys (train.learning_rate or learning_rate), and " + string.Join(", ", RunFilter.ColumnsOfRun), HelpName = "KEYS" };
        Option<string?> status = new("--status") { Description = "Only runs of this status" };
        status.AcceptOnlyFromAmong([.. Enum.GetValues<RunStatus>().Select(value => value.Word())]);
        Option<string?> name = new("--name") { Description = "Only runs of this name", HelpName = "NAME" };
        Option<string?> tag = new("--tag") { Description = "Only runs with this tag", HelpName = "TAG" };
        Option<bool> verifications = new("--verifications") { Description = "Also runs that only verify another" };
        Option<bool> sweeps = new("--sweeps") { Description = "Every sweep in place of the runs" };
        Command command = new("list", "List runs, or sweeps, newest first") { selectors, count, all, where, sort, columns, status, name, tag, verifications, sweeps };
        command.Validators.Add(result =>
        {
            bool hasOptions = result.Children.OfType<OptionResult>().Any(option => !option.Implicit && option.Option != sweeps && !option.Option.Recursive);
            bool namesRuns = result.GetResult(selectors) is { Tokens.Count: > 0 };
            if (result.GetValue(sweeps) && (hasOptions || namesRuns))
                result.AddError("list --sweeps shows every sweep: leave out what chooses or shows runs.");
        });
        command.SetAction(parsed => parsed.GetValue(sweeps) ? ListSweeps(globals.Read(parsed)) : List(globals.Read(parsed), parsed.GetValue(selectors) ?? [], new RunFilter
        {
            Limit = parsed.GetValue(all) || (parsed.GetValue(selectors) is { Length: > 0 } && parsed.GetResult(count) is null or { Implicit: true }) ? null : parsed.GetValue(count),
            Where = parsed.GetValue(where),
            Sort = parsed.GetValue(sort),
            Status = parsed.GetValue(status) is { } word ? Enum.Parse<RunStatus>(word, ignoreCase: true) : null,
            Name = parsed.GetValue(name),
            Tag = parsed.GetValue(tag),
            Verifications = parsed.GetValue(verifications),
            Columns = parsed.GetValue(columns) is { } keys ? keys.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct().ToArray() : [],
        }));
        return command;
    }

    static int List(Globals globals, string[] selectors, RunFilter filter)
    {
        using RunQueries? queries = selectors.Length > 0 ? DatabaseFile.Open(globals) : DatabaseFile.OpenIfThere(globals);
        if (selectors.Length > 0)
        {
            RunArgument.NoteNamesakes(globals, queries!, selectors);
            foreach (string selector in selectors)
                RunArgument.NoteSweeps(globals, queries!, selector);
            filter = filter with { RunIds = RunArgument.ResolveAll(queries!, selectors).Ids };
        }

        // A file in which nothing was trained yet, or long ago, may know other metrics: only a column that was asked for must be there.
        if (filter.Columns.Count == 0 && queries is not null)
            filter = filter with { Columns = UsualColumns.Of(queries, filter) };
        IReadOnlyList<RunSummary> runs = queries?.List(filter) ?? [];
        if (globals.Json)
            CommandJson.Write(globals.Output, runs);
        else if (runs.Count > 0)
        {
            Table(runs, [.. filter.Columns.Except(AlwaysShown)]).Write(globals.Output, globals.ColorsOutput);
            DatabaseFile.NoteWaiting(globals, queries!, runs);
            if (!globals.Quiet)
                Remarks(globals, queries!, filter, runs);
        }
        else
            globals.Error.WriteLine(filter is { RunIds: null, Status: null, Name: null, Tag: null, Where: null } ? DatabaseFile.NothingYet(globals) : $"{(filter.RunIds is null ? $"no run in {globals.DatabasePath}" : "none of these runs")} is {Condition(filter)}");
        if (runs.Count > 0 && filter.Sort?.TrimStart('-') is { } key && queries!.List(filter with { Columns = [key], Limit = 1 }) is [{ Parameters.Count: 0 } first] && first.Number(key) is null)
            globals.Note($"none of these runs has a value of {key}: they stand newest first");
        return ExitCodes.Ok;
    }

    static int ListSweeps(Globals globals)
    {
        using RunQueries? queries = DatabaseFile.OpenIfThere(globals);
        IReadOnlyList<SweepSummary> sweeps = queries?.ListSweeps() ?? [];
        if (globals.Json)
            CommandJson.Write(globals.Output, sweeps);
        else if (sweeps.Count == 0)
            globals.Error.WriteLine($"no sweep in {globals.DatabasePath}");
        else
        {
            TextTable table = new("sweep", "name", " trials", " done", "method", "ranked by", "file", " age");
            foreach (SweepSummary sweep in sweeps)
                table.Add(sweep.Id[^RunId.EndingLength..], Shorten(sweep.Name), Number(sweep.Trials), Number(sweep.Done), sweep.Method, sweep.Metric, sweep.File, Age(DateTimeOffset.UtcNow - sweep.CreatedAt));
            table.Write(globals.Output, globals.ColorsOutput);
            if (!globals.Quiet)
                globals.Error.WriteLine($"next: {globals.Command($"sweep status {sweeps[0].Id[^RunId.EndingLength..]}")}");
        }

        return ExitCodes.Ok;
    }

    static void Remarks(Globals globals, RunQueries queries, RunFilter filter, IReadOnlyList<RunSummary> runs)
    {
        int every = queries.Count(filter);
        if (every > runs.Count)
            globals.Error.WriteLine($"{Numbers.Count(runs.Count)} of {Numbers.Count(every)} runs; --all shows every run.");
        if (queries.SortsUnlikeLosses(filter))
            globals.Note("these runs minimise different losses, or on different images: their order by the loss tells nothing. bce and mse have one unit in all of them, and only on the same images.");
        globals.Error.WriteLine($"next: {globals.Command($"show {runs[0].Id[^RunId.EndingLength..]}")}");
    }

    static string Condition(RunFilter filter) => string.Join(" and ", new[]
    {
        filter.Status is { } status ? status.Word() : null,
        filter.Name is { } name ? $"named '{name}'" : null,
        filter.Tag is { } tag ? $"tagged '{tag}'" : null,
        filter.Where is { } where ? $"one with {where}" : null,
    }.OfType<string>());

    static TextTable Table(IReadOnlyList<RunSummary> runs, IReadOnlyList<string> keys)
    {
        // Most runs were never verified, and a column of nothing would only take room.
        string[] verified = runs.Any(run => run.Verification != Verdict.Unverified || run.ParentRunId is not null) ? ["verified"] : [];
        // Its own column, where it is not asked for at another place.
        string[] seed = keys.Contains(Seed) ? [] : [Seed];
        TextTable table = new(["run", "name", "status", " epochs", .. verified, .. keys.Select(key => runs.All(run => IsNumber(Value(run, key))) ? " " + key : key), .. seed.Select(key => " " + key), " age"]);
        foreach (RunSummary run in runs)
        {
            table.Add([
                run.Id[^RunId.EndingLength..],
                Shorten(run.Name),
                StatusText.Cell(run.Status),
                run.EpochsDone == run.EpochsPlanned ? Number(run.EpochsDone) : $"{Number(run.EpochsDone)}/{Number(run.EpochsPlanned)}",
                .. verified.Select(_ => Verified(run)),
                .. keys.Select(key => new Cell(Shorten(Value(run, key)))),
                .. seed.Select(_ => new Cell(run.Seed.ToString(CultureInfo.InvariantCulture))),
                Age(DateTimeOffset.UtcNow - run.StartedAt),
            ]);
        }

        return table;
    }

    static Cell Verified(RunSummary run) => run switch
    {
        { ParentRunId: { } parent } => $"verifies {parent[^RunId.EndingLength..]}",
        { Verification: Verdict.Mismatch } => new Cell("MISMATCH", Paint.Red),
        { Verification: Verdict.Verified } => new Cell(run.EpochsVerified >= run.EpochsDone ? "all" : $"{Number(run.EpochsVerified ?? 0)}/{Number(run.EpochsDone)}", Paint.Green),
        _ => "",
    };

    static string Value(RunSummary run, string key) =>
        key == Started ? RunPage.Time(run.StartedAt)
        : run.Number(key) is { } number ? Numbers.Metric(number)
        : run.Parameters.TryGetValue(key, out string? value) ? (key.EndsWith("_beta", StringComparison.Ordinal) ? Numbers.Rounded(double.Parse(value, CultureInfo.InvariantCulture)) : value.ReplaceLineEndings(" "))
        : "";

    // Numbers stand under each other to the right, words to the left.
    static bool IsNumber(string value) => value.Length == 0 || double.TryParse(value, CultureInfo.InvariantCulture, out _);

    static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    // Names of one sweep differ at their end.
    static string Shorten(string name) => name.Length <= 24 ? name : $"{name[..15]}…{name[^8..]}";

    static string Age(TimeSpan age) => age switch
    {
        { TotalSeconds: < 60 } => $"{(int)Math.Max(0, age.TotalSeconds)} s",
        { TotalMinutes: < 60 } => $"{(int)age.TotalMinutes} min",
        { TotalHours: < 48 } => $"{(int)age.TotalHours} h",
        _ => $"{(int)age.TotalDays} d",
    };
}
