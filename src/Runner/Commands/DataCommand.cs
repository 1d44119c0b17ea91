using System.CommandLine;
using System.Text.Json.Nodes;
using AeVae.Data;
using AeVae.Data.Catalogue;
using AeVae.Data.Fetching;
using AeVae.Reports;
using AeVae.Runner.Execution;
using AeVae.Runner.Invocation;
using AeVae.Runner.Views;

namespace AeVae.Runner.Commands;

/// <summary><c>runner data list|fetch|verify</c>: the data sets and their files.</summary>
static class DataCommand
{
    /// <summary>The command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        Command list = new("list", "List the data sets that an experiment may name");
        list.SetAction(parsed => List(globals.Read(parsed)));
        Command fetch = new("fetch", "Bring data sets to this machine and check them");
        Argument<string[]> fetched = Names(fetch);
        fetch.SetAction(parsed => Fetch(globals.Read(parsed), Chosen(parsed.GetValue(fetched))));
        Command verify = new("verify", "Compare data files with their published checksums");
        Argument<string[]> verified = Names(verify);
        verify.SetAction(parsed => Verify(globals.Read(parsed), Chosen(parsed.GetValue(verified)), areNamed: parsed.GetValue(verified) is { Length: > 0 }));
        return new Command("data", "List, fetch and verify data sets") { list, fetch, verify };
    }

    static Argument<string[]> Names(Command command)
    {
        Argument<string[]> names = new("NAME") { Description = "Data sets [default: all]", Arity = ArgumentArity.ZeroOrMore };
        names.AcceptOnlyFromAmong([.. DatasetCatalogue.All.Select(dataset => dataset.Name)]);
        command.Arguments.Add(names);
        return names;
    }

    static IReadOnlyList<DatasetInfo> Chosen(string[]? names) =>
        names is { Length: > 0 } ? [.. names.Select(name => DatasetCatalogue.Find(name)!)] : DatasetCatalogue.All;

    static int List(Globals globals)
    {
        DataFolder folder = new(globals.DataFolder);
        if (globals.Json)
        {
            globals.Output.WriteLine(new JsonArray([.. DatasetCatalogue.All.Select(dataset => new JsonObject
            {
                ["name"] = dataset.Name,
                ["description"] = dataset.Description,
                ["origin"] = dataset.Origin,
                ["train_images"] = dataset.TrainImages,
                ["test_images"] = dataset.TestImages,
                ["height"] = dataset.Shape?.Height,
                ["width"] = dataset.Shape?.Width,
                ["channels"] = dataset.Shape?.Channels,
                ["here"] = dataset.Shape is null ? null : folder.Has(dataset),
            })]).ToJsonString());
            return ExitCodes.Ok;
        }

        TextTable table = new("name", " train", " test", "pixels", "here", "what");
        foreach (DatasetInfo dataset in DatasetCatalogue.All)
        {
            table.Add(dataset.Name, Count(dataset.TrainImages), Count(dataset.TestImages), dataset.Shape?.ToString() ?? "–",
                dataset.Files.Count == 0 ? dataset.WithoutFiles : folder.Has(dataset) ? "yes" : "no", dataset.Description);
        }

        table.Write(globals.Output, globals.ColorsOutput);
        if (!globals.Quiet)
            globals.Error.WriteLine($"data folder: {folder.Path}");
        return ExitCodes.Ok;
    }

    static string Count(int? images) => images is { } known ? Numbers.Count(known) : "–";

    static int Fetch(Globals globals, IReadOnlyList<DatasetInfo> datasets)
    {
        using Interruption interruption = new();
        foreach (DatasetInfo dataset in datasets)
        {
            try
            {
                FetchResult result = DatasetFetch.Run(dataset, globals, interruption.Token);
                if (globals.Json)
                    globals.Output.WriteLine(new JsonObject { ["name"] = dataset.Name, ["folder"] = result.Folder, ["fetched"] = !result.AlreadyPresent, ["sources"] = new JsonArray([.. result.Sources]) }.ToJsonString());
                else
                    globals.Output.WriteLine($"{dataset.Name}: {Describe(dataset, result)}");
            }
            catch (OperationCanceledException)
            {
                globals.Error.WriteLine($"interrupted while fetching {dataset.Name}: complete files stay. The same command goes on from there.");
                return interruption.ExitCode;
            }
        }

        return ExitCodes.Ok;
    }

    static string Describe(DatasetInfo dataset, FetchResult result) =>
        dataset.Files.Count == 0 ? $"{dataset.WithoutFiles}, nothing to fetch"
        : result.AlreadyPresent ? $"already in {result.Folder}, checksums are right"
        : $"fetched from {string.Join(" and ", result.Sources)} into {result.Folder}, checksums are right";

    // A data set that nobody named need not be here.
    static int Verify(Globals globals, IReadOnlyList<DatasetInfo> datasets, bool areNamed)
    {
        DataFolder folder = new(globals.DataFolder);
        List<string> damaged = [], missing = [];
        foreach (DatasetInfo dataset in datasets)
        {
            IReadOnlyList<DataFileCheck> checks = DataVerifier.Verify(dataset, folder);
            if (checks.Count == 0)
                globals.Output.WriteLine(globals.Json ? new JsonObject { ["name"] = dataset.Name, ["path"] = null, ["state"] = dataset.WithoutFiles.Replace(' ', '_'), ["detail"] = null }.ToJsonString() : $"{dataset.Name}: {dataset.WithoutFiles}, nothing to verify");
            foreach (DataFileCheck check in checks)
            {
                if (check.State == DataFileState.Damaged && !damaged.Contains(dataset.Name))
                    damaged.Add(dataset.Name);
                if (check.State == DataFileState.Missing && !missing.Contains(dataset.Name))
                    missing.Add(dataset.Name);
                string state = check.State.ToString().ToLowerInvariant();
                globals.Output.WriteLine(globals.Json
                    ? new JsonObject { ["name"] = dataset.Name, ["path"] = check.Path, ["state"] = state, ["detail"] = check.Detail }.ToJsonString()
                    : $"{state,-8} {check.Path}{(check.Detail is null ? "" : $"\n         {check.Detail}")}");
            }
        }

        if (damaged.Count > 0)
            globals.Error.WriteLine($"error: damaged files. Replace them: {globals.Command($"data fetch {string.Join(' ', damaged)}")}");
        else if (missing.Count > 0)
            globals.Error.WriteLine($"{(areNamed ? "error: " : "")}missing files. Bring them here: {globals.Command($"data fetch {string.Join(' ', missing)}")}");
        return damaged.Count > 0 || (areNamed && missing.Count > 0) ? ExitCodes.Storage : ExitCodes.Ok;
    }
}
