using AeVae.Reports.Claims;
using AeVae.Tracking.Sweeps;

namespace AeVae.Tests.Reports.Claims;

public sealed class ClaimsSectionTests
{
    [Fact]
    public void EachClaimStandsBesideItsVerdictNumbersAndSeeds()
    {
        string section = ClaimsSection.Write([new ClaimVerdict
        {
            Text = "A|B is *better*.",
            Expression = "last(a.val.mse) < 1",
            Outcome = ClaimOutcome.DoesNotHold,
            Evidence = "last(a.val.mse) is 2.0 ± 0.1 per pixel.",
            Seeds = [0, ulong.MaxValue],
        }], [], ["model.type", "train.learning_rate"])!;

        Assert.Contains("| **does not hold** | A\\|B is \\*better\\*.<br>`last(a.val.mse) < 1` | last(a.val.mse) is 2.0 ± 0.1 per pixel. | 0, 18446744073709551615 |", section, StringComparison.Ordinal);
        Assert.Contains(" The two variants differ in `model.type` and `train.learning_rate`: which of these makes one unlike the other, no verdict tells.", section, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutClaimsThereIsNoSection() => Assert.Null(ClaimsSection.Write([], [], []));
}
