using AeVae.Reports.Charts;

namespace AeVae.Tests.Reports;

public sealed class LabelPlacementTests
{
    [Fact]
    public void LabelsThatAreFarApartStayWhereTheyAre() => Assert.Equal([40, 10], LabelPlacement.Spread([40, 10], 16, 0, 100));

    [Fact]
    public void EqualLabelsMoveApartAroundTheirPlace() => Assert.Equal([42, 58], LabelPlacement.Spread([50, 50], 16, 0, 100));

    [Fact]
    public void LabelsAtTheEdgeStayInside() => Assert.Equal([84, 100], LabelPlacement.Spread([99, 100], 16, 0, 100));

    [Fact]
    public void ACrowdPushesItsNeighbours() => Assert.Equal([30, 46, 62, 14], LabelPlacement.Spread([38, 38, 62, 14], 16, 0, 100));
}
