using AeVae.Tracking;

namespace AeVae.Tests.Tracking;

public sealed class ProcessTableTests
{
    [SkippableFact]
    public void AProcessThatMayNotBeReadIsNone()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "/proc is of Linux");
        string proc = Directory.CreateTempSubdirectory("aevae-proc-").FullName;
        Directory.CreateDirectory(Path.Combine(proc, "7", "stat"));   // whose reading is refused to root as well

        Assert.Null(ProcessTable.StartOf(7, proc));
        Assert.NotNull(ProcessTable.StartOf(Environment.ProcessId));
        Directory.Delete(proc, recursive: true);
    }
}
