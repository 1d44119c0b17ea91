using System.Text.Json;
using AeVae.Reports;
using AeVae.Runner.Commands;
using AeVae.Runner.Invocation;
using AeVae.Tests.Tracking;
using AeVae.Tracking;
using AeVae.Tracking.Code;
using Microsoft.Data.Sqlite;

namespace AeVae.Tests.Runner;

public sealed class ProvenancePageTests : IDisposable
{
    readonly ResultsFolder _results = new();

    public void Dispose() => _results.Dispose();

    [Fact]
    public void EverythingThatIsStoredIsShown()
    {
        string page = Show(Store(), "--provenance").Output;
        Assert.All(
            [
                "  file           experiments/vae.yaml\n", "  configuration  sha256 cf9\n", "  extends        experiments/base.yaml, sha256 ba5e\n", "runner run experiments/väe.yaml --set 'a b'\n",
                "  commit         c0ffee (main)\n", "  changes        2 files, +2 −0, sha256 d1ff (printed below)\n", "  program        sha256 90a9\n", "  contract       NC-1\n",
                "  host           box\n", "  processor      CPU @ 2 GHz, 2 for this process\n", "  arithmetic     avx2, 2 threads\n", "  .NET           10.0.0\n",
                "  LANG      de_DE.UTF-8\n", "  Serilog  3.1.1\n", "  data/train  47.0 MB  ba89\n", "diff --git a/src/old.cs b/src/old.cs\n",
            ],
            line => Assert.Contains(line, page, StringComparison.Ordinal));
    }

    [Fact]
    public void ACommandThatIsShownCanBeCopied()
    {
        string id = Store();
        Assert.Contains("runner run experiments/väe.yaml --set 'a b'\n", Show(id).Output, StringComparison.Ordinal);

        using StringWriter output = new(), error = new();
        CommandLine.Run(["show", "@99", "--db", _results.Path], output, error);
        Assert.Contains($"list --db {ShellWord.Quote(_results.Path)}` shows them.", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void EachContinuationSaysInWhatItDiffersFromTheBegin()
    {
        string id = Store();
        Provenance other = ResultsFolder.Provenance with { GitCommit = new string('b', 40), GitDiffSha256 = null, GitDiff = null, ProgramSha256 = "other", Host = "elsewhere", Threads = 1 };
        using (RunStore store = RunStore.Open(_results.Path))
        {
            store.AppendEpoch(id, ResultsFolder.Epoch(1));
            foreach ((int epoch, Provenance now) in new[] { (1, ResultsFolder.Provenance), (0, other) })
            {
                store.FinishRun(id, RunStatus.Interrupted);
                store.ResumeRun(id, epoch, now);
            }
        }

        string page = Show(id, "--provenance").Output;
        Assert.Matches(@"\n  20[-0-9]+ [:0-9]+ UTC            1  interrupted           0  as at the begin +box, CPU @ 2 GHz, avx2, 2 threads, .NET 10\.0\.0\n", page);
        Assert.Matches(@"\n  20[-0-9]+ [:0-9]+ UTC   begun anew  interrupted           1  commit bbbbbbbbbbbb, no changes, another program  elsewhere, CPU @ 2 GHz, avx2, 1 thread, ", page);
        Assert.Contains("  changed        begun anew although commit was c0ffee, is bbbbbbbbbbbb\n                 the program was built again from other code\n", page, StringComparison.Ordinal);

        JsonElement json = JsonDocument.Parse(Show(id, "--provenance", "--json").Output).RootElement;
        Assert.Equal(["90a9", "other"], json.GetProperty("resumptions").EnumerateArray().Select(resumption => resumption.GetProperty("program_sha256").GetString()));
    }

    [Fact]
    public void WhatWasNotCommittedAtAContinuationIsPrintedToo()
    {
        string id = Store();
        using (RunStore store = RunStore.Open(_results.Path))
        {
            store.FinishRun(id, RunStatus.Interrupted);
            store.ResumeRun(id, 0, ResultsFolder.Provenance with { GitDiffSha256 = "0e1", GitDiff = "diff --git a/src/late.cs b/src/late.cs\n" });
        }

        string page = Show(id, "--provenance").Output;
        Assert.Contains("  other changes (printed below)  ", page, StringComparison.Ordinal);
        Assert.Matches(@"\nchanges that were not committed when it was resumed on 20[-0-9]+ [:0-9]+ UTC\ndiff --git a/src/late\.cs b/src/late\.cs\n", page);
    }

    [Fact]
    public void ARunWithoutProvenanceSaysSo()
    {
        string id = Store();
        using (var connection = new SqliteConnection($"Data Source={_results.Path};Pooling=False;Foreign Keys=True"))
        {
            connection.Open();
            connection.Execute("delete from provenance");
        }

        Assert.Contains("none is stored with this run", Show(id, "--provenance").Output, StringComparison.Ordinal);
        Assert.Contains("\nconfiguration\n", Show(id).Output, StringComparison.Ordinal);
        Assert.Contains("has no changes to print: no commit is stored with it", Show(id, "--patch").Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, null, "as committed")]
    [InlineData(true, null, "as committed, beside new files that the program is not built from")]
    [InlineData(true, "d1ff", "with changes that are not committed")]
    public void EveryPageTellsTheStateOfTheCodeInTheSameWords(bool isDirty, string? diff, string words)
    {
        string id = Store(ResultsFolder.Provenance with { GitDirty = isDirty, GitDiffSha256 = diff, GitDiff = diff is null ? null : ResultsFolder.Patch("src/a.cs") });
        Assert.Contains($"c0ffee (main, {words})\n", Show(id).Output, StringComparison.Ordinal);
        if (diff is null)
        {
            Assert.Contains($"  changes        none: {words}\n", Show(id, "--provenance").Output, StringComparison.Ordinal);
            Assert.Equal(("", $"run {id} has no changes to print: it was made {words}\n"), (Show(id, "--patch").Output, Show(id, "--patch").Error));
        }
    }

    [Fact]
    public void WhatWasTypedCannotColourTheTerminal()
    {
        string id;
        using (RunStore store = _results.OpenStore())
            id = store.BeginRun(ResultsFolder.Run() with { Note = "now \e[31mred\u009b", Tags = ["a\e[0m"], Provenance = ResultsFolder.Provenance with { CommandLine = ["runner", "run", "--note", "now \e[31mred"] } });
        string page = Show(id).Output;
        Assert.Contains("now ␛[31mred�\n", page, StringComparison.Ordinal);
        Assert.Contains("a␛[0m\n", page, StringComparison.Ordinal);
        Assert.Contains(@"runner run --note $'now \e[31mred'", page, StringComparison.Ordinal);
        Assert.DoesNotContain(page + Show(id, "--provenance").Output, letter => char.IsControl(letter) && letter != '\n');
    }

    [Fact]
    public void APatchThatIsTooLargeIsNotPrinted()
    {
        string id = Store(ResultsFolder.Provenance with { GitDiff = null });
        (int exitCode, string output, string error) = Show(id, "--patch");
        Assert.Equal((ExitCodes.Storage, ""), (exitCode, output));
        Assert.Contains("larger than a mebibyte", error, StringComparison.Ordinal);
        Assert.Contains("not stored, being larger than a mebibyte, sha256 d1ff", Show(id, "--provenance").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatGitCannotApplyIsLeftOutOfThePatch()
    {
        string whole = ResultsFolder.Patch("src/kept.cs"), part = "diff --git a/latin.cs b/latin.cs\nindex 1..2 100644\n" + PatchFile.Omitted("the text is not UTF-8");
        (int exitCode, string output, string error) = Show(Store(ResultsFolder.Provenance with { GitDiff = part + whole }), "--patch");
        Assert.Equal((ExitCodes.Ok, whole), (exitCode, output));
        Assert.Contains("of latin.cs only the digest is stored", error, StringComparison.Ordinal);
    }

    [Fact]
    public void TheWholeAndItsPatchAloneExcludeEachOther() =>
        Assert.Equal(ExitCodes.UserError, Show(Store(), "--provenance", "--patch").ExitCode);

    string Store(Provenance? provenance = null)
    {
        using RunStore store = _results.OpenStore();
        return store.BeginRun(ResultsFolder.Run() with { Provenance = provenance ?? ResultsFolder.Provenance });
    }

    (int ExitCode, string Output, string Error) Show(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        int exitCode = CommandLine.Run(["show", .. arguments, "--db", _results.Path], output, error);
        return (exitCode, output.ToString(), error.ToString());
    }
}
