using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AeVae.Tests.Tracking;

namespace AeVae.Acceptance.Kills;

/// <summary>Kills runs at random instants of their lives, resumes them, and compares what they end with to a run that was left alone.</summary>
internal sealed class KillCampaign : IDisposable
{
    const int MostKillsOfARun = 3;

    // On an idle machine training takes as long as all the rest, half a second; a checkpoint has a megabyte.
    const string Experiment = """
        name: doomed
        seed: 11
        data: {dataset: synthetic, validation: 200, train_limit: 1000, binarize: dynamic}
        model: {type: vae, encoder: [64], latent_dim: 4}
        loss: {kl_warmup_epochs: 5}
        train: {epochs: 10, batch_size: 64, learning_rate: 1e-3, schedule: cosine, early_stop: {patience: 8}}
        checkpoint: {best: val.loss}
        """;

    readonly RunnerProgram _untouched = new();
    readonly IReadOnlyList<string> _bits, _files;
    readonly Pace _pace;
    readonly List<Kill> _kills = [];
    int _runs, _attempts;

    /// <summary>Trains the run that the others are compared to.</summary>
    public KillCampaign()
    {
        using Process process = _untouched.Start([], "run", Write(_untouched), "--json");
        _pace = Pace.Of(process);
        Assert.Equal(0, process.ExitCode);
        (_bits, _files) = (Bits(_untouched), Files(_untouched));
    }

    /// <summary>How many times each phase was hit.</summary>
    public IEnumerable<(Phase Phase, int Kills)> Hits => Enum.GetValues<Phase>().Select(phase => (phase, _kills.Count(kill => kill.Phase == phase)));

    /// <summary>Kills until it was done <paramref name="kills"/> times, and fails at the first run that ends with other bits.</summary>
    public void Run(int kills)
    {
        while (_kills.Count < kills)
            KillAndResume(Math.Min(kills - _kills.Count, 1 + Chance.Below(MostKillsOfARun)));
    }

    /// <summary>The figures, as Markdown.</summary>
    public string Table()
    {
        StringBuilder text = new();
        text.AppendLine(CultureInfo.InvariantCulture, $"{_kills.Count} kills of {_runs} runs in {_attempts} processes; a run left alone takes {_pace.Life.TotalSeconds:0.0} s. All {_runs} ended with the same bits.");
        text.AppendLine().AppendLine("| killed while | kills | epochs stored then |").AppendLine("|---|---|---|");
        foreach (IGrouping<Phase, Kill> hit in _kills.GroupBy(kill => kill.Phase).OrderBy(hit => hit.Key))
            text.AppendLine(CultureInfo.InvariantCulture, $"| {InWords(hit.Key)} | {hit.Count()} | {hit.Min(kill => kill.EpochsDone)} to {hit.Max(kill => kill.EpochsDone)} |");
        return text.ToString();
    }

    public void Dispose() => _untouched.Dispose();

    void KillAndResume(int kills)
    {
        using RunnerProgram runner = new();
        string file = Write(runner);
        StringBuilder story = new();
        while (true)
        {
            Remains before = new(runner.Folder);
            string[] command = before.RunId is { } run ? ["resume", run] : ["run", file];
            bool isKilled = Attempt(runner, command, kills > 0 ? Instant.Draw(_pace, (int)before.EpochsDone) : null, story);
            if (!isKilled)
                break;
            Remains after = new(runner.Folder);
            _kills.Add(new(after.Phase(before), after.EpochsDone));
            story.AppendLine(CultureInfo.InvariantCulture, $"killed: {_kills[^1]}");
            kills--;
        }

        _runs++;
        Assert.True(_bits.SequenceEqual(Bits(runner)) && _files.SequenceEqual(Files(runner)), $"other bits after\n{story}{Difference(Bits(runner).Concat(Files(runner)))}");
        Assert.Single(Directory.EnumerateFiles(Path.Combine(runner.Folder, "reports"), "report.md", SearchOption.AllDirectories));
    }

    /// <returns>True when it was killed; false when it came to its end.</returns>
    bool Attempt(RunnerProgram runner, string[] command, Instant? instant, StringBuilder story)
    {
        _attempts++;
        // Neither threads nor vector width may change a bit, so every process has its own.
        string threads = Chance.OneIn(2) ? "1" : "2", wide = Chance.OneIn(2) ? "0" : "1";
        story.AppendLine(CultureInfo.InvariantCulture, $"{string.Join(' ', command)} --threads {threads}, AVX-512 {wide}, until {instant?.ToString() ?? "its end"}");
        using Process process = runner.Start([("DOTNET_EnableAVX512", wide)], [.. command, "--threads", threads, "--json"]);
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (instant?.Await(process, runner.Folder) == true)
        {
            process.Kill();
            process.WaitForExit();
            return true;
        }

        process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(2)), $"does not end:\n{story}");
        Assert.True(process.ExitCode == 0, $"{story}exit {process.ExitCode}\n{error.Result}");
        return false;
    }

    string Difference(IEnumerable<string> found) =>
        string.Join('\n', _bits.Concat(_files).Except(found).Select(line => $"- {line}").Concat(found.Except(_bits.Concat(_files)).Select(line => $"+ {line}")).Take(40));

    static string Write(RunnerProgram runner)
    {
        string path = Path.Combine(runner.Folder, "doomed.yaml");
        File.WriteAllText(path, Experiment);
        return path;
    }

    static IReadOnlyList<string> Bits(RunnerProgram runner) => StoredBits.Of(runner.Database, new Remains(runner.Folder).RunId!);

    static IReadOnlyList<string> Files(RunnerProgram runner) =>
        [.. from path in Directory.EnumerateFiles(Path.Combine(runner.Folder, "runs", new Remains(runner.Folder).RunId!), "*.safetensors*").Order(StringComparer.Ordinal)
            select $"{Path.GetFileName(path)} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))}"];

    static string InWords(Phase phase) => phase switch
    {
        Phase.Starting => "starting, before the run was its own",
        Phase.Training => "training an epoch",
        Phase.EpochStored => "an epoch was stored, its checkpoint not begun",
        Phase.WritingCheckpoint => "writing a checkpoint",
        Phase.WritingTransaction => "writing a transaction",
        Phase.FinalEvaluation => "measuring the test images",
        Phase.StoringArtifacts => "storing the artifacts",
        Phase.WritingReport => "writing the report",
        _ => "ending, all was done",
    };

    readonly record struct Kill(Phase Phase, long EpochsDone);
}
