using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text.Json;

namespace AeVae.Acceptance;

public sealed class DeterminismTests : IDisposable
{
    readonly RunnerProgram _runner = new();

    [Fact]
    public void TheSameFileGivesTheSameBitsOnOneAndOnTwoThreadsAndInAnyLocale()
    {
        string file = _runner.WriteExperiment();
        (string[] first, _) = Digests(file, [], "--threads", "1");
        (string[] again, _) = Digests(file, [], "--threads", "1");
        (string[] threads, _) = Digests(file, [], "--threads", "2");
        (string[] turkish, _) = Digests(file, [("LANG", "tr_TR.UTF-8"), ("LC_ALL", "tr_TR.UTF-8"), ("TZ", "Asia/Tokyo")], "--threads", "3");
        Assert.Equal(first, again);
        Assert.Equal(first, threads);
        Assert.Equal(first, turkish);
    }

    [SkippableFact]
    public void EveryPathThroughTheProcessorGivesTheSameBits()
    {
        Skip.IfNot(RuntimeInformation.ProcessArchitecture == Architecture.X64, "the settings are about x64");
        string file = _runner.WriteExperiment(), widest256 = Fma.IsSupported ? "vector256" : "vector128";
        (string[] best, _) = EpochDigests(file, []);
        foreach ((string setting, string path) in ((string, string)[])[("EnableAVX512", widest256), ("EnableAVX2", "vector128"), ("EnableHWIntrinsic", "scalar")])
        {
            (string[] digests, string taken) = EpochDigests(file, [($"DOTNET_{setting}", "0")]);
            // A switch that is silently ignored would make this test worthless.
            Assert.Equal(path, taken);
            Assert.Equal(best, digests);
        }
    }

    [Fact]
    public void AnotherSeedGivesOtherBits()
    {
        string file = _runner.WriteExperiment();
        Assert.NotEqual(EpochDigests(file, []).Digests, EpochDigests(file, [], "--seed", "8").Digests);
    }

    (string[] Digests, string SimdPath) Digests(string file, (string, string)[] environment, params string[] options)
    {
        Finished run = _runner.Run(environment, ["run", file, "--json", "--no-report", .. options]);
        Assert.True(run.ExitCode == 0, run.ToString());
        JsonElement[] lines = [.. run.Lines.Select(line => JsonDocument.Parse(line).RootElement)];
        return ([.. lines[1..^1].Select(Digest), lines[^1].GetProperty("test.loss").GetRawText()], lines[0].GetProperty("simd").GetString()!);
    }

    /// <summary>Ends the program after its last epoch: without vector instructions the final evaluation takes minutes.</summary>
    (string[] Digests, string SimdPath) EpochDigests(string file, (string, string)[] environment, params string[] options)
    {
        using Process process = _runner.Start(environment, ["run", file, "--json", "--no-report", "--set", "data.train_limit=200", "--set", "data.validation=50", .. options]);
        Task<string> error = process.StandardError.ReadToEndAsync();
        List<JsonElement> lines = [];
        while (lines.Count < 3 && process.StandardOutput.ReadLine() is { } line)
            lines.Add(JsonDocument.Parse(line).RootElement);
        process.Kill();
        process.WaitForExit();
        Assert.True(lines.Count == 3, error.Result);
        return ([.. lines[1..].Select(Digest)], lines[0].GetProperty("simd").GetString()!);
    }

    static string Digest(JsonElement epoch) => string.Join(' ', ((string[])
        ["parameters_sha256", "optimizer_sha256", "order_sha256", "train.loss", "validation.loss"]).Select(name => epoch.GetProperty(name).GetRawText()));

    public void Dispose() => _runner.Dispose();
}
