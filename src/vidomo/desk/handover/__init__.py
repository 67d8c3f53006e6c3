"""The hand-over of a watch: what holds when one officer leaves and the next one takes over."""
