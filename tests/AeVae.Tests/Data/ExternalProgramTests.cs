using System.Diagnostics;
using AeVae.Data.Fetching;

namespace AeVae.Tests.Data;

public class ExternalProgramTests
{
    [Fact]
    public async Task AnAbsentProgramIsNamed()
    {
        IOException error = await Assert.ThrowsAnyAsync<IOException>(() => ExternalProgram.RunAsync("no-such-program", [], ".", default));

        Assert.Equal("the program `no-such-program` is not installed", error.Message);
    }

    [SkippableFact]
    public async Task AFailureEndsWithTheLastLineThatTheProgramWrote()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs a POSIX shell");

        IOException error = await Assert.ThrowsAnyAsync<IOException>(() => ExternalProgram.RunAsync("sh", ["-c", "echo first >&2; echo 'no such package' >&2; exit 100"], ".", default));

        Assert.Equal("`sh` ends with exit code 100: no such package", error.Message);
    }

    [SkippableFact]
    public async Task CancellingEndsTheProgram()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs a POSIX shell");
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        long start = Stopwatch.GetTimestamp();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ExternalProgram.RunAsync("sleep", ["60"], ".", cancellation.Token));

        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }
}
