using AeVae.Runner.Invocation;
using AeVae.Tests.Reports;
using AeVae.Tracking;

namespace AeVae.Tests.Runner;

/// <summary>What <c>stop</c> leaves alone; that it stops a program is tested in AeVae.Acceptance (InterruptionTests).</summary>
public sealed class StopCommandTests : CommandTest
{
    [Fact]
    public void WhatIsNotBeingTrainedIsSaidAndNothingElse()
    {
        string[] ids = Store([FakeRun.Full(3), FakeRun.Autoencoder()]);

        Assert.Equal((ExitCodes.Ok, "", $"note: run {ids[0]} is not being trained or verified: it is completed\n"), Run("stop", ids[0]));
        Assert.Equal((ExitCodes.Ok, "", "note: none of these 2 runs is being trained or verified\n"), Run("stop", ids[0], ids[1]));
        Assert.Equal("[]", Run("stop", ids[0], "--json").Output.Trim());
        Assert.Equal(ExitCodes.NoSuchRun, Run("stop", "nobody").ExitCode);
    }

    // This very process would be stopped, if the machine or the process namespace did not count.
    [Theory]
    [InlineData("lease_host = 'elsewhere'")]
    [InlineData("lease_boot_id = lease_boot_id || '1'")]
    [InlineData("lease_boot_id = 'f' || lease_boot_id")]
    public void AProcessThatCannotBeSeenIsNotStopped(string lease)
    {
        string id = Assert.Single(Store([FakeRun.Full(3)]));
        Assert.True(Execute($"update run set status = 'running', heartbeat_utc = '{StoredValues.FromTime(DateTimeOffset.UtcNow)}', {lease}") == 1);

        (int exitCode, string output, string error) = Run("stop", id);

        Assert.Equal((ExitCodes.UserError, ""), (exitCode, output));
        Assert.Contains($"error: run {id} is trained by process {Environment.ProcessId} on ", error, StringComparison.Ordinal);
        Assert.Contains("which cannot be reached from here. Run this command there.", error, StringComparison.Ordinal);
    }
}
