using System.CommandLine;
using System.Text;
using AeVae.Reports;
using AeVae.Reports.Exports;
using AeVae.Runner.Exporting;
using AeVae.Runner.Invocation;
using AeVae.Tracking;

namespace AeVae.Runner.Commands;

/// <summary><c>runner export RUN…</c>: writes what is stored of runs for other programs, and for other people.</summary>
static class ExportCommand
{
    const string Csv = "csv", JsonLines = "jsonl", TensorBoard = "tensorboard", Mlflow = "mlflow", SafeTensors = "safetensors", Onnx = "onnx", Bundle = "bundle";

    /// <summary>The command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        Argument<string[]> selectors = new("RUN") { Description = RunArgument.SeveralDescription, Arity = ArgumentArity.OneOrMore };
        Option<string> format = new("--to")
        {
            Description = "csv: tables of runs, epochs and metrics; jsonl: the same, a JSON object on each line; tensorboard: event files; mlflow: folders of MLflow's, which may hold other runs; safetensors: the trained weights alone, named as in PyTorch; onnx: encoder and decoder for ONNX Runtime; bundle: a results file of these runs alone with their checkpoints, which merge brings in elsewhere",
            Required = true,
        };
        format.AcceptOnlyFromAmong(Csv, JsonLines, TensorBoard, Mlflow, SafeTensors, Onnx, Bundle);
        Option<string?> output = CommandOptions.NotEmpty(new("--output", "-o") { Description = "Folder to write to [default: exports/NAME-ID beside the database]", HelpName = "DIR" });
        Command command = new("export", "Write runs for other programs: tables, TensorBoard, MLflow, trained networks, or a results file of their own") { selectors, format, output };
        command.SetAction(parsed => Export(globals.Read(parsed), parsed.GetRequiredValue(selectors), parsed.GetRequiredValue(format), parsed.GetValue(output)));
        return command;
    }

    static int Export(Globals globals, string[] selectors, string format, string? folder)
    {
        using RunQueries queries = DatabaseFile.Open(globals);
        SelectedRuns selected = RunArgument.ResolveAll(globals, queries, selectors, "is exported");
        RunSummary[] runs = [.. selected.Ids.Select(id => queries.Get(id).Run)];
        DatabaseFile.NoteWaiting(globals, queries, runs);
        folder ??= Path.Combine(globals.Home, "exports", OutputFolder.Named(queries, selected));
        string[] files = [.. OutputFolder.Write(folder, "the export", $"{globals.Command($"export {selected.Selector} --to {format}")} -o DIR", target =>
        {
            string Beginning(RunSummary run) => Path.Combine(target, OutputFolder.Named(run));
            return format switch
            {
                Csv => Tables(globals, queries, selected.Ids, target, ".csv", TableText.WriteCsv),
                JsonLines => Tables(globals, queries, selected.Ids, target, ".jsonl", TableText.WriteJsonLines),
                TensorBoard => Events(globals, queries, runs, Beginning),
                Mlflow => ExportedMlflow.Write(queries, runs, target, globals.Note),
                SafeTensors => ExportedCheckpoints.Write(globals, queries, runs, Beginning, ExportedCheckpoints.SaveSafeTensors),
                Onnx => ExportedCheckpoints.Write(globals, queries, runs, Beginning, ExportedCheckpoints.SaveOnnx),
                _ => [ExportedBundle.Write(globals, queries, runs, target)],
            };
        }).Select(PathText.Of)];

        if (globals.Json)
            CommandJson.Write(globals.Output, new { RunIds = selected.Ids, Format = format, Files = files });
        else
        {
            foreach (string file in files)
                globals.Output.WriteLine(file);
            if (!globals.Quiet && Next(format, folder, files) is { } next)
                globals.Error.WriteLine($"next: {next}");
        }

        return ExitCodes.Ok;
    }

    static string? Next(string format, string folder, string[] files) => format switch
    {
        TensorBoard => $"tensorboard --logdir {ShellWord.Quote(PathText.Of(Path.GetFullPath(folder)))}",
        Mlflow => $"mlflow migrate-filestore --source {ShellWord.Quote(PathText.Of(Path.GetFullPath(folder)))} --target {Database(folder)} && mlflow server --backend-store-uri {Database(folder)}",
        Bundle => $"{ProgramName.Text} list --db {ShellWord.Quote(files[0])}",
        _ => null,
    };

    // A new one for each folder: MLflow migrates into an empty database alone, and mlflow.db is its own.
    static string Database(string folder) => ShellWord.Quote($"sqlite:///{PathText.Of(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))))}.db");

    static List<string> Tables(Globals globals, RunQueries queries, IReadOnlyList<string> runIds, string folder, string extension, Action<ExportTable, TextWriter> write)
    {
        IReadOnlyList<ExportTable> tables = RunTables.Read(queries, runIds);
        if (tables.Any(table => File.Exists(PathOf(table))))
            globals.Note($"tables that were in {PathText.Of(folder)} are replaced; -o names another folder");
        return [.. tables.Select(table => WholeFile.Write(PathOf(table), file =>
        {
            using StreamWriter text = new(file, new UTF8Encoding(false), leaveOpen: true);
            write(table, text);
        }))];

        string PathOf(ExportTable table) => Path.Combine(folder, table.Name + extension);
    }

    // A folder for each run, whose name is the run's in TensorBoard.
    static List<string> Events(Globals globals, RunQueries queries, IEnumerable<RunSummary> runs, Func<RunSummary, string> folder) =>
        [.. runs.Select(run => WholeFile.Write(Path.Combine(folder(run), TensorBoardRun.FileName(run)), file =>
        {
            foreach (string note in TensorBoardRun.Write(queries, run.Id, file))
                globals.Note(note);
        }))];
}
