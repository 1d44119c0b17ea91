using System.Globalization;
using Xunit.Abstractions;

namespace AeVae.Acceptance.Kills;

/// <summary>NC-1 C12 at large: a run that is killed at any instant is resumed and ends with the same bits.</summary>
public sealed class KillTests(ITestOutputHelper log)
{
    const int Kills = 5;   // kill-and-resume.sh asks for hundreds

    [Fact]
    public void ARunThatIsKilledAtAnyInstantEndsWithTheBitsOfOneThatWasLeftAlone()
    {
        using KillCampaign campaign = new();
        int kills = int.Parse(Setting("AEVAE_KILLS") ?? $"{Kills}", CultureInfo.InvariantCulture);
        campaign.Run(kills);
        log.WriteLine(campaign.Table());
        if (Setting("AEVAE_KILL_TABLE") is { } path)
            File.WriteAllText(path, campaign.Table());
    }

    static string? Setting(string name) => Environment.GetEnvironmentVariable(name);
}
